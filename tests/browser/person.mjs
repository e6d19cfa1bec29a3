// Somebody in front of a browser.  Every page that a person arrives at is held
// to what all pages promise: it is there, nothing fails on its console, axe
// finds nothing serious, html-validate passes it, it is light.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { PASSWORD } from './server.mjs';

const require = createRequire (import.meta.url);
const axe = readFileSync (require.resolve ('axe-core/axe.min.js'), 'utf8');

// Pages are written by a program: how its source is set out is no matter.
const validator = new HtmlValidate ({
  extends: ['html-validate:recommended'],
  rules: {
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    // Terms that must all hold bear one name.
    'form-dup-name': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
    'no-redundant-for': 'off',
    'prefer-native-element': ['error', { exclude: ['region'] }],
    'no-trailing-whitespace': 'off',
    'valid-id': ['error', { relaxed: true }],
    'void-style': 'off',
  },
});

export const SIZES = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1366, height: 768 },
};
const FIRST_MAX = 60 * 1024;
const LATER_MAX = 15 * 1024;

// "/people/12/edit?year=2023" and "/people/7/edit" are the same page; so are
// the lists of two kinds.
export function shapeOf (address) {
  const url = new URL (address);
  return url.pathname.replace (/\/\d+(?=\/|$)/g, '/#')
    .replace (/^\/(ledgers|indicators)\/[a-z_]+/, '/$1/*');
}

function isRedirect (response) {
  return response.status () >= 300 && response.status () < 400;
}

const validated = new Set ();
const looked = new Set ();

export class Person {
  constructor (world, role, { size = 'desktop', script = true } = {}) {
    this.world = world;
    this.role = role;
    this.size = size;
    this.script = script;
    this.faults = [];
    this.pages = 0;
  }

  get name () {
    return `${this.role}, ${this.size}${this.script ? '' : ', no script'}`;
  }

  async begin () {
    this.context = await this.world.browser.newContext ({
      baseURL: this.world.address,
      acceptDownloads: false,
      viewport: SIZES[this.size],
      isMobile: this.size === 'phone',
      hasTouch: this.size === 'phone',
      javaScriptEnabled: this.script,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    this.context.setDefaultTimeout (15000);
    this.page = await this.context.newPage ();
    this.page.on ('pageerror', (error) => this.fault (`script: ${error}`));
    this.page.on ('console', (message) => {
      // A page that is not there is told by its status.
      if (message.type () === 'error'
          && message.location ().url !== this.asked)
        this.fault (`console: ${message.text ()}`);
    });
    await this.weigh ();
  }

  async end () {
    await this.context.close ();
  }

  fault (text) {
    const where = this.page.url ().replace (this.world.address, '');
    const line = `${where}: ${text}`;
    if (!this.faults.includes (line)) this.faults.push (line);
  }

  // Bytes over the wire, pictures aside.
  async weigh () {
    const session = await this.context.newCDPSession (this.page);
    const pictures = new Set ();
    this.bytes = 0;
    await session.send ('Network.enable');
    session.on ('Network.responseReceived', (event) => {
      if (event.type === 'Image') pictures.add (event.requestId);
    });
    session.on ('Network.loadingFinished', (event) => {
      if (!pictures.has (event.requestId)) this.bytes += event.encodedDataLength;
    });
  }

  async go (path) {
    this.bytes = 0;
    this.asked = new URL (path, this.world.address).href;
    const response = await this.page.goto (path, { waitUntil: 'load' });
    await this.arrive (response);
    return response;
  }

  // Whatever leads to another page or changes a part of this one: a link, a
  // form, with script or without.
  async follow (act) {
    let last = null;
    const note = (response) => {
      const request = response.request ();
      if (request.isNavigationRequest () && !isRedirect (response))
        last = response;
      else if (response.status () >= 400)
        this.fault (`${request.method ()} ${request.url ()}: `
                    + `status ${response.status ()}`);
    };
    this.bytes = 0;
    this.page.on ('response', note);
    await act ();
    await this.page.waitForLoadState ('networkidle');
    this.page.off ('response', note);
    await this.arrive (last);
  }

  async click (selector) {
    return this.follow (() => this.page.locator (selector).first ().click ());
  }

  // Sends the first form that the page posts; what came back is no refusal.
  async submit (form = 'main form[method=post]') {
    const before = this.page.url ();
    await this.follow (() => this.page.locator (form).first ()
      .locator ('button[type=submit]').last ().click ());
    const wrong = await this.page.locator ('[aria-invalid=true]').count ();
    if (wrong > 0)
      throw new Error (`${before}: ${wrong} fields of the form were refused`);
  }

  // Values by the name of the field; of a choice by its code.
  async send (values, form = 'main form[method=post]') {
    const fields = this.page.locator (form).first ();
    for (const [name, value] of Object.entries (values)) {
      const field = fields.locator (`[name="${name}"]`).first ();
      const tag = await field.evaluate ((element) => element.tagName);
      if (tag === 'SELECT') await field.selectOption (value);
      else await field.fill (value);
    }
    await this.submit (form);
  }

  async arrive (response) {
    this.pages++;
    if (response !== null && response.status () >= 400)
      this.fault (`status ${response.status ()}`);
    this.checkWeight ();
    if (response !== null) await this.checkSource (response);
    await this.checkSize ();
    if (this.script) await this.checkAccess ();
  }

  checkWeight () {
    const max = this.pages === 1 ? FIRST_MAX : LATER_MAX;
    if (this.bytes > max) this.fault (`${this.bytes} bytes, at most ${max}`);
  }

  async checkSource (response) {
    const key = shapeOf (this.page.url ());
    const type = response.headers ()['content-type'] ?? '';
    if (validated.has (key) || !type.startsWith ('text/html')) return;
    validated.add (key);
    const report = await validator.validateString (await response.text ());
    const wrong = report.results.flatMap ((result) => result.messages)
      .filter ((message) => message.severity === 2);
    for (const rule of new Set (wrong.map ((message) => message.ruleId))) {
      const [first, ...rest] = wrong.filter ((each) => each.ruleId === rule);
      this.fault (`html ${rule}: ${first.message} (${first.selector ?? ''})`
                  + (rest.length > 0 ? `, and ${rest.length} more` : ''));
    }
  }

  // Nothing but tables that scroll by themselves is wider than the screen.
  async checkSize () {
    const over = await this.page.evaluate (
      () => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 1) this.fault (`${over} pixels wider than the screen`);
  }

  async checkAccess () {
    const key = `${this.size} ${shapeOf (this.page.url ())}`;
    if (looked.has (key)) return;
    looked.add (key);
    await this.page.evaluate (axe);
    const found = await this.page.evaluate (() =>
      globalThis.axe.run (document, {
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      }));
    for (const violation of found.violations)
      if (['serious', 'critical'].includes (violation.impact))
        this.fault (`axe ${violation.id}: ${violation.help} `
                    + `(${violation.nodes[0].target.join (' ')})`);
  }

  async logIn () {
    await this.go ('/login');
    await this.page.fill ('[name=login]', this.role);
    await this.page.fill ('[name=password]', PASSWORD);
    await this.click ('main form button[type=submit]');
    if (shapeOf (this.page.url ()) === '/login')
      throw new Error ('the login was refused');
  }

  async expect (selector, what) {
    if (await this.page.locator (selector).count () === 0)
      this.fault (`${what} is missing (${selector})`);
  }

  async shoot (name) {
    if (this.world.shots === undefined) return;
    await this.page.screenshot ({
      path: join (this.world.shots, `${name}.png`), scale: 'css',
      animations: 'disabled',
    });
  }
}
