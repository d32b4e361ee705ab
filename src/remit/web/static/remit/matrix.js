// The matrix by keyboard and by mouse. Without this file each cell is a link to the charge's own page.
(function () {
  const table = document.querySelector("[data-matrix]");
  document.addEventListener("change", (event) => { if (event.target.matches("[data-submits]")) event.target.form.requestSubmit(); });
  if (!table) return;
  const KEYS = { a: "accountable", r: "responsible", c: "consulted", i: "informed" };
  const ORDER = Object.values(KEYS);
  const menu = document.getElementById("matrix-menu");
  const wanted = new Map(); // cells whose roles are on their way to the server
  let saving = Promise.resolve();
  let opened = null;
  let here = null; // the cell where the keyboard is: its row may be replaced under it at any moment

  const cellAt = (charge, position) => document.querySelector(`#charge-${charge} [data-position="${position}"]`);
  const placeOf = (cell) => ({ charge: cell.closest("tr").id.slice("charge-".length), position: cell.dataset.position });
  const keyOf = (place) => `${place.charge}-${place.position}`;
  const rolesOf = (cell) => wanted.get(keyOf(placeOf(cell))) || cell.dataset.roles.split(" ").filter(Boolean);

  function set(cell, roles) {
    const place = placeOf(cell);
    const row = cell.closest("tr");
    wanted.set(keyOf(place), roles);
    saving = saving.then(() => save(place, row.dataset.url, roles)).catch(() => undefined);
  }
  async function save(place, url, roles) {
    await window.htmx.ajax("POST", url, { target: `#charge-${place.charge}`, swap: "outerHTML", values: { position: place.position, roles } });
    if (wanted.get(keyOf(place)) === roles) wanted.delete(keyOf(place));
    const row = document.getElementById(`charge-${place.charge}`);
    if (row.dataset.said) window.Remit.toast(row.dataset.said, "good");
    if (here && here.charge === place.charge) go(cellAt(here.charge, here.position));
    if (opened) mark(cellAt(opened.charge, opened.position));
  }
  const toggled = (roles, role) => ORDER.filter((one) => (one === role) !== roles.includes(one));

  function go(cell) {
    table.querySelectorAll("[data-position][tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    cell.tabIndex = 0;
    cell.focus();
  }
  function step(cell, down, right) {
    const row = cell.closest("tr");
    const cells = [...row.querySelectorAll("[data-position]")];
    const rows = [...row.parentElement.rows];
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(row) + down))];
    const place = Math.max(0, Math.min(cells.length - 1, cells.indexOf(cell) + right));
    go(next.querySelectorAll("[data-position]")[place]);
  }
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -999], End: [0, 999] };

  function mark(cell) {
    const roles = rolesOf(cell);
    menu.querySelectorAll("[data-role]").forEach((one) => one.setAttribute("aria-checked", String(roles.includes(one.dataset.role))));
  }
  function open(cell) {
    opened = placeOf(cell);
    mark(cell);
    menu.hidden = false;
    const box = cell.getBoundingClientRect();
    const floor = window.innerHeight - document.querySelector(".tabbar").offsetHeight; // the bar of a phone
    menu.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${box.bottom + menu.offsetHeight + 8 > floor ? Math.max(8, box.top - menu.offsetHeight) : box.bottom}px`;
    menu.querySelector("button").focus();
  }
  function close() {
    if (!opened) return;
    const cell = cellAt(opened.charge, opened.position);
    opened = null;
    menu.hidden = true;
    if (cell) go(cell);
  }

  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-matrix] [data-position]");
    here = cell ? placeOf(cell) : null;
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-position]");
    if (!cell || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(cell);
  });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-position]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    const role = KEYS[event.key.toLowerCase()];
    if (MOVES[event.key]) step(cell, ...MOVES[event.key]);
    else if (role) set(cell, toggled(rolesOf(cell), role));
    else if (event.key === "Delete" || event.key === "Backspace") set(cell, []);
    else if (event.key === "Escape") { here = null; cell.blur(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !opened) return;
    const cell = cellAt(opened.charge, opened.position);
    set(cell, "clear" in button.dataset ? [] : toggled(rolesOf(cell), button.dataset.role));
    mark(cell);
    if ("clear" in button.dataset) close();
  });
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") buttons[(at + 1) % buttons.length].focus();
    else if (event.key === "ArrowUp") buttons[(at + buttons.length - 1) % buttons.length].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("click", (event) => { if (opened && !event.target.closest("#matrix-menu, [data-matrix]")) close(); });

  const cells = table.querySelectorAll("[data-position]");
  cells.forEach((cell, index) => { cell.tabIndex = index ? -1 : 0; });
})();
