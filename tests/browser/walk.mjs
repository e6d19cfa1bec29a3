// Every page that a person is led to: the entries of the navigation, and from
// each of them one link of every shape that nobody of the same screen has
// followed yet.
import { shapeOf } from './person.mjs';

// What is no page, or ends the walk.
const NOT_WALKED = /^\/(logout|language|display|api|static)\b|\.(xlsx|docx|csv|ics|json|pdf|md)$/;

async function linksOf (person, within) {
  const links = await person.page.locator (`${within} a[href]`).evaluateAll (
    (anchors) => anchors.map ((a) => ({ url: a.href,
      leaves: a.target !== '' || a.hasAttribute ('download') })));
  return links.filter ((link) => !link.leaves
                       && link.url.startsWith (person.world.address)
                       && !NOT_WALKED.test (new URL (link.url).pathname))
    .map ((link) => link.url.replace (/#.*/, ''));
}

const followed = new Set ();

// TRUE once for each shape on each kind of screen.
function isNew (person, shape) {
  const key = `${person.size} ${person.script} ${shape}`;
  const before = followed.size;
  return followed.add (key).size > before;
}

// What is saved as a file opens no page: it must be there all the same.
async function open (person, url) {
  try {
    await person.go (url);
  } catch (error) {
    if (!/Download is starting|ERR_ABORTED/.test (error.message)) throw error;
    const response = await person.context.request.get (url);
    if (response.status () !== 200)
      person.fault (`${url}: status ${response.status ()}`);
  }
}

export async function walk (person, { depth = 2, most = 60 } = {}) {
  const seen = new Set ();
  let next = await linksOf (person, 'nav.rooms');
  if (next.length === 0) person.fault ('there is no navigation');
  for (let level = 0; level < depth; level++) {
    const found = [];
    for (const url of next) {
      const shape = shapeOf (url);
      if (seen.has (shape) || seen.size >= most) continue;
      seen.add (shape);
      if (!isNew (person, shape) && level > 0) continue;
      await open (person, url);
      found.push (...await linksOf (person, 'main'));
    }
    next = found;
  }
  return seen;
}
