-- Writes visits by the API, each of another person and day in a year that the
-- sample does not know. wrk … -- TOKEN PEOPLE FIRST
local people, next
function init (words)
  wrk.method = "POST"
  wrk.headers["Authorization"] = "Bearer " .. words[1]
  wrk.headers["Content-Type"] = "application/json"
  people = tonumber (words[2])
  next = tonumber (words[3])
end

function request ()
  next = next + 1
  local person = next % people + 1
  local day = math.floor (next / people) % 28 + 1
  local month = math.floor (next / people / 28) % 12 + 1
  return wrk.format (nil, "/api/v1/records/visit", nil, string.format (
    '{"fields":{"cadre":"LW%07d","date":"2031-%02d-%02d","occasion":"生日",' ..
    '"visitor":"王小红","gift":"500.00","note":"精神很好，子女在身边"}}',
    person, month, day))
end
