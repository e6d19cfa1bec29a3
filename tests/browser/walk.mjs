// Every page that a person is led to: the entries of the navigation, and from
// each of them one link of every shape.
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
      await person.go (url);
      found.push (...await linksOf (person, 'main'));
    }
    next = found;
  }
  return seen;
}
