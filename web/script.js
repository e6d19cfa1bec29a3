/* What the pages do better with a script.  Everything here is extra: without
 * it each form and link does its work.  Handlers sit on the document, so that
 * parts which htmx brings in later have them too. */
(function () {
  'use strict';

  var page = document;

  function on(event, handler) {
    page.addEventListener(event, handler);
  }

  function closest(event, selector) {
    var at = event.target;
    return at && at.closest ? at.closest(selector) : null;
  }

  page.documentElement.classList.add('scripted');

  /* ----------------------------------------------------- choices and rows */

  on('change', function (event) {
    var choice = closest(event, '[data-submit]');
    if (choice) choice.form.submit();
  });

  on('click', function (event) {
    var row = closest(event, 'tr[data-url]');
    if (!row || closest(event, 'a, button, input, label, select, summary')) {
      return;
    }
    if (String(window.getSelection()) !== '') return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.url);
    else window.location.href = row.dataset.url;
  });

  /* Boxes of one name, ticked at once: data-tick="NAME" on the box above them,
   * and how many are: data-ticked="NAME". */
  function count(name) {
    var boxes = page.querySelectorAll('input[type=checkbox][name="' + name +
                                      '"]');
    var n = 0;
    boxes.forEach(function (box) { if (box.checked) n += 1; });
    page.querySelectorAll('[data-ticked="' + name + '"]').forEach(
      function (place) { place.textContent = n; });
    page.querySelectorAll('[data-tick="' + name + '"]').forEach(
      function (box) {
        box.checked = n > 0 && n === boxes.length;
        box.indeterminate = n > 0 && n < boxes.length;
      });
  }

  on('change', function (event) {
    var all = closest(event, '[data-tick]');
    var box = closest(event, 'input[type=checkbox][name]');
    if (all) {
      page.querySelectorAll('input[type=checkbox][name="' + all.dataset.tick +
                            '"]').forEach(
        function (each) { each.checked = all.checked; });
      count(all.dataset.tick);
    } else if (box) {
      count(box.name);
    }
  });

  /* ------------------------------------------------------------------ menus */

  function closeMenus(but) {
    page.querySelectorAll('details.menu[open]').forEach(function (menu) {
      if (menu !== but) menu.open = false;
    });
  }

  on('click', function (event) { closeMenus(closest(event, 'details.menu')); });
  on('keydown', function (event) {
    var menu;
    if (event.key !== 'Escape') return;
    menu = closest(event, 'details.menu[open]');
    closeMenus(null);
    if (menu) menu.querySelector('summary').focus();
  });

  /* ------------------------------------------------- what is not saved yet */

  var unsaved = null;

  on('input', function (event) {
    var form = closest(event, 'form.form');
    if (form && form.method === 'post') unsaved = form;
  });
  on('submit', function (event) {
    var question = event.target.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    unsaved = null;
    if (event.target.hasAttribute('data-files')) upload(event);
  });
  window.addEventListener('beforeunload', function (event) {
    if (!unsaved || !page.body.contains(unsaved)) return;
    event.preventDefault();
    event.returnValue = '';
  });

  /* ---------------------------------------------------------------- uploads */

  /* The answer takes the place of this page, as if the browser had sent the
   * form itself. */
  function show(request) {
    var next = new DOMParser().parseFromString(request.responseText,
                                               'text/html');
    page.title = next.title;
    window.history.pushState(null, '', request.responseURL);
    page.body.replaceWith(next.body);
    if (window.htmx) window.htmx.process(page.body);
    window.scrollTo(0, 0);
    arrive();
  }

  function upload(event) {
    var form = event.target;
    var request = new XMLHttpRequest();
    var bar = page.createElement('progress');
    if (event.defaultPrevented || !window.FormData) return;
    event.preventDefault();
    bar.max = 100;
    bar.setAttribute('aria-label', page.title);
    form.appendChild(bar);
    form.querySelectorAll('button').forEach(
      function (button) { button.disabled = true; });
    request.upload.onprogress = function (progress) {
      if (progress.lengthComputable) {
        bar.value = progress.loaded * 100 / progress.total;
      }
    };
    request.onload = function () {
      var type = request.getResponseHeader('Content-Type') || '';
      if (type.indexOf('text/html') === 0) show(request);
      else form.submit();
    };
    request.onerror = function () {
      bar.remove();
      form.querySelectorAll('button').forEach(
        function (button) { button.disabled = false; });
      form.submit();
    };
    request.open('POST', form.action);
    request.send(new FormData(form));
  }

  window.addEventListener('popstate', function () {
    window.location.reload();
  });

  /* ----------------------------------------------- before the session ends */

  var seen = Date.now();

  function touch() {
    seen = Date.now();
    try { window.localStorage.setItem('seen', String(seen)); } catch (e) { }
  }

  function lastSeen() {
    var other = 0;
    try { other = Number(window.localStorage.getItem('seen')); } catch (e) { }
    return Math.max(seen, other || 0);
  }

  function watch() {
    var notice = page.getElementById('idle');
    var seconds, left;
    if (!notice) return;
    seconds = Number(notice.dataset.seconds);
    left = seconds - (Date.now() - lastSeen()) / 1000;
    notice.hidden = left > 60;
    if (left < -2) {
      unsaved = null;
      window.location.reload();
    }
  }

  on('click', function (event) {
    if (!closest(event, '#idle button')) return;
    window.fetch(window.location.href, { method: 'HEAD',
                                         credentials: 'same-origin' })
      .then(touch).then(watch);
  });
  on('htmx:afterRequest', touch);
  window.setInterval(watch, 5000);

  /* ---------------------------------------------------------------- arrival */

  function arrive() {
    var faults = page.querySelector('.faults');
    touch();
    page.querySelectorAll('[data-ticked]').forEach(function (place) {
      count(place.dataset.ticked);
    });
    /* Tables of a report that scroll must be reached by keys. */
    page.querySelectorAll('div.wide').forEach(function (place) {
      if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    });
    if (faults) faults.focus();
  }

  if (page.readyState === 'loading') on('DOMContentLoaded', arrive);
  else arrive();
}());
