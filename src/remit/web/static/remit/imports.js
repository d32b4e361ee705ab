// Mapping and upload: shows only the fields that matter, the samples of the chosen column, and how much was sent.
(function () {
  const holder = document.getElementById("import-samples");
  const samples = holder ? JSON.parse(holder.textContent) : {};

  function fit(select) {
    const row = select.closest("tr");
    const kind = select.value.startsWith("from:") ? "from" : select.value;
    row.querySelectorAll("[data-for]").forEach((box) => { box.hidden = !box.dataset.for.split(" ").includes(kind); });
    row.querySelector("details").hidden = !kind || kind === "row_number";
    const list = row.querySelector("[data-samples]");
    list.replaceChildren(...(kind === "from" ? samples[select.value.slice(5)] || [] : []).map((text) => {
      const item = document.createElement("li");
      item.textContent = text.length > 40 ? text.slice(0, 39) + "…" : text;
      return item;
    }));
    if (["constant", "join", "sum", "attribute"].includes(kind)) row.querySelector("details").open = true;
  }
  document.querySelectorAll("[data-origin]").forEach(fit);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-origin]")) fit(event.target);
    if (event.target.matches("[data-tick-all-rows]")) {
      event.target.closest("table").querySelectorAll("[name=ids]").forEach((box) => { box.checked = event.target.checked; });
    }
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const box = document.querySelector("[data-upload-progress]");
    if (!box || !event.detail.lengthComputable) return;
    box.hidden = false;
    box.querySelector("progress").value = 100 * event.detail.loaded / event.detail.total;
  });
})();
