// Dragging tiles; the arrows of each tile do the same without a pointer or a script.
(function () {
  const board = document.querySelector("[data-board]");
  if (!board || !window.Sortable) return;
  let before = ids();
  function ids() { return [...board.querySelectorAll("[data-tile]")].map((tile) => tile.dataset.tile); }
  window.Sortable.create(board, {
    handle: "[data-grip]", animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
    onEnd() {
      const now = ids();
      if (now.join() === before.join()) return;
      const body = new FormData();
      body.set("order", now.join(","));
      fetch(board.dataset.orderUrl, { method: "POST", body, headers: { "X-CSRFToken": window.Remit.csrf() } })
        .then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); before = now; })
        .catch(() => { window.Remit.toast(window.Remit.strings.failed, "bad"); before.forEach((id) => board.append(board.querySelector(`[data-tile="${id}"]`))); });
    },
  });
})();
