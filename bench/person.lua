-- Reads people at random by the API. wrk … -- TOKEN PEOPLE
local people
function init (words)
  wrk.headers["Authorization"] = "Bearer " .. words[1]
  people = tonumber (words[2])
  math.randomseed (os.time ())
end

function request ()
  return wrk.format ("GET", "/api/v1/people/" .. math.random (people))
end
