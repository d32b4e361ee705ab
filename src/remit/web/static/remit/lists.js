// Lists: links and the search form swap the list in place, keep the address, and fall back to plain links.
(function () {
  const listOf = (node) => node.closest("[data-list]");
  const place = () => location.pathname + location.search;
  let typing, shown = place();

  async function show(list, url, push) {
    list.classList.add("htmx-request");
    try {
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(list.id);
      if (!fresh) { location.href = url; return; }
      const input = list.querySelector("input[type=search]");
      const at = input && input === document.activeElement ? input.selectionStart : null;
      list.replaceWith(fresh);
      if (at !== null) {
        const field = fresh.querySelector("input[type=search]");
        if (field) { field.value = input.value; field.focus(); field.setSelectionRange(at, at); }
      }
      if (push) history.pushState({ list: list.id }, "", url);
      shown = place();
      if (window.htmx) window.htmx.process(fresh);
    } catch { location.href = url; }
  }
  const address = (form) => form.getAttribute("action") + "?" + new URLSearchParams([...new FormData(form)].filter(([, v]) => v !== ""));

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-list-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(listOf(link), link.href, true);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-list-form]")) return;
    event.preventDefault();
    clearTimeout(typing);
    show(listOf(event.target), address(event.target), true);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || !form.matches("[data-list-form]") || event.isComposing) return;
    clearTimeout(typing);
    typing = setTimeout(() => { if (form.isConnected) show(listOf(form), address(form), true); }, 350);
  });
  // Going to a #place of the same page is no other list.
  window.addEventListener("popstate", () => { if (place() !== shown) location.reload(); });

  // -- the menu of saved views opens without a script; with one it closes like the other menus --------
  const opened = () => document.querySelectorAll("details.list-views[open]");
  document.addEventListener("click", (event) => { opened().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    opened().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  // -- ticking rows ------------------------------------------------------------------------------
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("[data-tick], [data-tick-all]")) return;
    const list = listOf(box), boxes = [...list.querySelectorAll("[data-tick]")];
    if (box.matches("[data-tick-all]")) boxes.forEach((b) => { b.checked = box.checked; });
    const count = boxes.filter((b) => b.checked).length;
    list.querySelector("[data-ticked]").classList.toggle("on", count > 0);
    list.querySelector("[data-ticked-count]").textContent = count;
    const all = list.querySelector("[data-tick-all]");
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  });
})();
