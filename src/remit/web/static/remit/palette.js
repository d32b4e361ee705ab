// Ctrl-K / ⌘K: go anywhere, do the common verbs. The server answers what this person may see.
(function () {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input"), box = dialog.querySelector("[role=listbox]");
  let options = [], at = 0, timer, asked = 0;

  function open() { if (!dialog.open) { dialog.showModal(); input.value = ""; find(""); } input.focus(); }
  async function find(text) {
    const turn = ++asked;
    const answer = await fetch(dialog.dataset.url + "?q=" + encodeURIComponent(text)).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    draw((await answer.json()).groups);
  }
  function draw(groups) {
    box.replaceChildren();
    options = [];
    for (const group of groups) {
      const title = document.createElement("div");
      title.className = "group";
      title.textContent = group.title;
      title.setAttribute("role", "presentation");
      box.append(title);
      for (const found of group.items) box.append(option(found));
    }
    if (!options.length) {
      const none = document.createElement("div");
      none.className = "group";
      none.textContent = window.Remit.strings.nothing_found;
      box.append(none);
    }
    choose(0);
  }
  function option(found) {
    const link = document.createElement("a");
    link.href = found.url;
    link.id = "palette-" + options.length;
    link.setAttribute("role", "option");
    link.tabIndex = -1;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    svg.classList.add("icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", dialog.dataset.icons + "#" + found.icon);
    svg.append(use);
    const name = document.createElement("span");
    name.textContent = found.title;
    link.append(svg, name);
    if (found.note) { const note = document.createElement("small"); note.textContent = found.note; link.append(note); }
    options.push(link);
    return link;
  }
  function choose(index) {
    if (!options.length) { input.removeAttribute("aria-activedescendant"); return; }
    at = (index + options.length) % options.length;
    options.forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }
  input.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(() => find(input.value.trim()), 120);
  });
  input.addEventListener("compositionend", () => find(input.value.trim()));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); choose(at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); choose(at - 1); }
    if (event.key === "Enter" && !event.isComposing && options[at]) { event.preventDefault(); options[at].click(); }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.addEventListener("click", (event) => { if (event.target.closest && event.target.closest("[data-palette]")) open(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); }
  });
})();
