// The frame's behaviour. Everything is delegated from the document, so swapped-in fragments behave too.
(function () {
  const strings = JSON.parse(document.getElementById("remit-strings").textContent);
  const csrf = () => document.querySelector("meta[name=csrf-token]").content;

  function toast(text, tone) {
    const box = document.getElementById("toast-pattern").content.firstElementChild.cloneNode(true);
    box.classList.add("note-" + (tone || "accent"));
    box.querySelector("p").textContent = text;
    const toasts = document.getElementById("toasts");
    toasts.querySelectorAll("[data-toast]").forEach((other) => { if (other.querySelector("p").textContent === text) other.remove(); });
    toasts.append(box);
    fade(box, tone === "bad" ? 12000 : 5000);
  }
  function fade(box, after) { setTimeout(() => box.remove(), after); }
  Object.assign(window.Remit, { strings, csrf, toast });
  document.querySelectorAll("[data-toast].note-good, [data-toast].note-accent").forEach((box) => fade(box, 6000));

  // What a form refuses is shown, wherever on the page it stands.
  const wrong = document.querySelector("main form [aria-invalid=true], main form [role=alert]");
  if (wrong) {
    for (let inside = wrong.closest("details"); inside; inside = inside.parentElement.closest("details")) inside.open = true;
    wrong.scrollIntoView({ block: "center" });
    if (wrong.matches("input, select, textarea")) wrong.focus({ preventScroll: true });
  }

  // -- requests ----------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = csrf(); });
  document.addEventListener("htmx:sendError", () => toast(strings.offline, "bad"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    toast(status === 429 ? strings.too_many : status === 403 || status === 404 ? strings.forbidden : strings.failed, "bad");
  });
  // The ceremony of a passkey failed: by the person's own choice, or since an address of numbers has no passkeys.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const numbers = /^[\d.]+$|:/.test(window.location.hostname);
    toast(numbers ? strings.passkey_address : strings.passkey_failed, "bad");
  });
  document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));

  // -- theme and language, without losing the page -------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-theme-form]")) {
      event.preventDefault();
      const choice = event.submitter.value;
      window.Remit.setTheme(choice);
      form.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", String(b.value === choice)));
      const body = new FormData(form);
      body.set("theme", choice);
      fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": csrf() } }).catch(() => toast(strings.offline, "bad"));
    } else if (form.matches("[data-keeps-page]")) {
      form.querySelector("[name=next]").value = location.pathname + location.search + location.hash;
      keepPage();
    }
    const question = (event.submitter && event.submitter.dataset.confirm) || form.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  const keptFields = () => [...document.querySelectorAll("main input:not([type=password]):not([type=hidden]):not([type=file]), main select, main textarea")].filter((f) => f.name);
  function keepPage() {
    const fields = keptFields().map((f) => [f.name, f.value, f.type === "checkbox" || f.type === "radio" ? f.checked : null]);
    sessionStorage.setItem("kept", JSON.stringify({ path: location.pathname, y: window.scrollY, fields }));
  }
  function restorePage() {
    const kept = JSON.parse(sessionStorage.getItem("kept") || "null");
    sessionStorage.removeItem("kept");
    if (!kept || kept.path !== location.pathname) return;
    const fields = keptFields();
    kept.fields.forEach(([name, value, checked], index) => {
      const field = fields[index];
      if (!field || field.name !== name) return;
      if (checked === null) field.value = value; else field.checked = checked;
    });
    window.scrollTo(0, kept.y);
  }
  restorePage();

  // -- side bar on a phone, closing, Ctrl-Enter ------------------------------------------------
  const side = document.getElementById("side");
  function openSide(open) {
    if (!side) return;
    side.classList.toggle("open", open);
    document.querySelectorAll("[data-side]").forEach((b) => b.setAttribute("aria-expanded", String(open)));
    if (open) side.querySelector("a").focus();
  }
  document.addEventListener("click", (event) => {
    const target = event.target.closest ? event.target : event.target.parentElement;
    if (target.closest("[data-dismiss]")) target.closest("[data-toast]").remove();
    if (target.closest("[data-side]")) { openSide(!side.classList.contains("open")); return; }
    if (side && side.classList.contains("open") && !target.closest("#side")) openSide(false);
    const copy = target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(copy.dataset.copy).then(() => toast(strings.copied, "good"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") openSide(false);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      if (form) { event.preventDefault(); form.requestSubmit(); }
    }
  });
  if (navigator.platform.startsWith("Mac")) document.querySelectorAll(".find kbd").forEach((k) => { k.textContent = "⌘K"; });

  // -- values that scripts may set where a style attribute may not stand -------------------------
  function dress(root) {
    root.querySelectorAll("[data-width]").forEach((e) => { e.style.width = e.dataset.width; });
    root.querySelectorAll("[data-fill]").forEach((e) => { e.style.setProperty("--fill", e.dataset.fill); });
  }
  dress(document);
  document.addEventListener("htmx:load", (event) => dress(event.target));
  document.addEventListener("change", (event) => { if (event.target.matches("[data-submits]")) event.target.form.requestSubmit(); });
})();
