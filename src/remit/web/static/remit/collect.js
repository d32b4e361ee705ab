/* Sends what people do on a page to Remit: docs/howto/collect.md. Nothing is kept or sent before consent. */
(function () {
  "use strict";
  const tag = document.currentScript;
  const home = new URL("/collect", tag.dataset.to || tag.src).href;
  const key = tag.dataset.key;
  const CLICKS = "gclid gbraid wbraid bd_vid clickid ttclid gdt_vid qz_gdt fbclid msclkid twclid callback".split(" ");
  const FIELDS = ["product", "outlet", "campaign", "value", "currency", "channel", "source"];
  const QUEUED_MAX = 500, BATCH = 50, DAYS = 7 * 864e5;
  const refuses = navigator.doNotTrack === "1" || navigator.globalPrivacyControl === true;
  let queue = [], timer = 0, busy = false, notBefore = 0, last = "";

  function read(name, store) {
    try { return JSON.parse((store || localStorage).getItem("remit." + name)); } catch { return null; }
  }
  function keep(name, value, store) {
    try {
      store = store || localStorage;
      if (value === null) store.removeItem("remit." + name); else store.setItem("remit." + name, JSON.stringify(value));
    } catch { /* a browser that keeps nothing: the page's own memory has to do */ }
  }

  let agreed = refuses ? false : tag.dataset.consent === "given" ? true : read("consent");
  let person = null, customer = null, origin = null;
  const touched = fromAddress();

  function fromAddress() {
    const said = new URLSearchParams(location.search), found = {};
    const name = CLICKS.find((one) => said.get(one));
    if (name) found.click = (name + ":" + said.get(name)).slice(0, 300);
    for (const [field, term] of [["source", "utm_source"], ["channel", "utm_medium"], ["campaign", "utm_campaign"]]) {
      if (said.get(term)) found[field] = said.get(term).slice(0, 80);
    }
    const more = {};
    for (const term of ["utm_term", "utm_content"]) if (said.get(term)) more[term] = said.get(term).slice(0, 200);
    if (Object.keys(more).length) found.properties = more;
    return Object.keys(found).length ? found : null;
  }

  function begin() {
    person = read("person") || crypto.randomUUID?.() || Date.now().toString(36) + Math.random().toString(36).slice(2);
    customer = read("customer");
    origin = touched || read("touch", sessionStorage) || {};
    keep("person", person);
    keep("touch", origin, sessionStorage);
    queue = (read("queue") || []).concat(queue).map((one) => ({ ...one, ...(one.person ? {} : whose(one)) }));
  }

  function whose(one) {
    const made = { ...origin, ...one, person };
    if (customer && !made.customer) made.customer = customer;
    if (origin.properties) made.properties = { ...origin.properties, ...one.properties };
    return made;
  }

  function track(event, said) {
    if (agreed === false) return;
    const id = crypto.randomUUID?.() || Date.now().toString(36) + Math.random().toString(36).slice(2);
    const one = { id, event, at: Date.now(), page: location.href.slice(0, 500), ...said };
    queue.push(agreed ? whose(one) : one);
    queue = queue.slice(-QUEUED_MAX);
    if (agreed) later();
  }

  function later(wait) {
    keep("queue", queue);
    clearTimeout(timer);
    timer = setTimeout(send, Math.max(wait || 500, notBefore - Date.now()));
  }

  function body(events) {
    return JSON.stringify({ events, sent_at: Date.now(), consent: true });
  }

  async function send() {
    queue = queue.filter((one) => one.at > Date.now() - DAYS);
    if (!agreed || busy || !queue.length) return;
    const events = queue.slice(0, BATCH);
    busy = true;
    let wait = 15e3;
    try {
      const answer = await fetch(home + "?key=" + key, {
        method: "POST", body: body(events), keepalive: true, headers: { "Content-Type": "text/plain" },
      });
      if (answer.status === 429) notBefore = Date.now() + 1e3 * (answer.headers.get("Retry-After") || 60);
      else if (answer.status < 500) { drop(events); wait = 0; }
    } catch { /* offline: they wait */ }
    busy = false;
    if (queue.length) later(wait);
  }

  function drop(events) {
    const gone = new Set(events.map((one) => one.id));
    queue = queue.filter((one) => !gone.has(one.id));
    keep("queue", queue.length ? queue : null);
  }

  /* Where the page goes away: the browser carries it on. An id that comes twice counts once. */
  function leave() {
    if (!agreed || !queue.length) return;
    const events = queue.slice(0, BATCH);
    if (navigator.sendBeacon(home + "?key=" + key, body(events))) drop(events);
  }

  function view() {
    const here = location.href.split("#")[0];
    if (here === last) return;
    const referrer = last ? "" : document.referrer;
    last = here;
    track("view", { properties: { title: document.title.slice(0, 200), ...(referrer && { referrer: referrer.slice(0, 300) }) } });
  }

  function told(element) {
    const said = {}, properties = {};
    for (const [name, value] of Object.entries(element.dataset)) {
      const field = name.startsWith("remit") && name.slice(5).replace(/^./, (one) => one.toLowerCase());
      if (!field || ["event", "identify", "consent"].includes(field) || !value) continue;
      if (FIELDS.includes(field)) said[field] = value; else properties[field] = value;
    }
    return Object.keys(properties).length ? { ...said, properties } : said;
  }

  function done(event) {
    const at = event.target.closest?.("[data-remit-event],[data-remit-consent]");
    if (!at || (at.tagName === "FORM") !== (event.type === "submit")) return;
    if (at.dataset.remitConsent) consent(at.dataset.remitConsent === "yes");
    const named = at.dataset.remitIdentify && at.elements?.[at.dataset.remitIdentify]?.value.trim();
    if (named) identify(named);
    if (at.dataset.remitEvent) track(at.dataset.remitEvent, told(at));
  }

  function identify(code, properties) {
    customer = String(code).slice(0, 80);
    if (agreed) keep("customer", customer);
    track("identify", { customer, ...(properties && { properties }) });
  }

  /* kind: device, phone, email, openid or member. What it is, is kept as a digest only. */
  function alias(kind, value) {
    track("alias", { known_as: { [kind]: String(value) } });
  }

  function consent(yes) {
    if (refuses) return;
    agreed = Boolean(yes);
    keep("consent", agreed);
    if (agreed) { begin(); later(1); } else {
      queue = [];
      person = customer = null;
      for (const name of ["person", "customer", "queue"]) keep(name, null);
      keep("touch", null, sessionStorage);
    }
    document.documentElement.dataset.remitConsent = agreed ? "yes" : "no";
  }

  for (const name of ["pushState", "replaceState"]) {
    const was = history[name];
    history[name] = function (...given) { was.apply(this, given); setTimeout(view); };
  }
  addEventListener("popstate", () => setTimeout(view));
  addEventListener("online", () => later(1));
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  document.addEventListener("click", done, true);
  document.addEventListener("submit", done, true);
  if (agreed) begin();
  if (agreed !== null) document.documentElement.dataset.remitConsent = agreed ? "yes" : "no";
  window.remit = { track, identify, alias, consent, flush: send };
  view();
})();
