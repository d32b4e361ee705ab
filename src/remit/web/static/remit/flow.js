// Point at a duty on the map: its own lines stand out.
(() => {
  const map = document.querySelector('.flow');
  if (!map) return;
  const lines = [...map.querySelectorAll('.flow-line')];
  const show = code => {
    map.classList.toggle('is-pointed', Boolean(code));
    for (const line of lines) line.classList.toggle('is-on', line.dataset.giver === code || line.dataset.taker === code);
  };
  for (const duty of map.querySelectorAll('.flow-duty')) {
    for (const name of ['mouseenter', 'focus']) duty.addEventListener(name, () => show(duty.dataset.code));
    for (const name of ['mouseleave', 'blur']) duty.addEventListener(name, () => show(''));
  }
})();
