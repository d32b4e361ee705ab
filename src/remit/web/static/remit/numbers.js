// Figures as the server writes them (web/numbers.py): 萬/億 in Chinese, k/M in English, a dash for nothing.
(function () {
  const lang = document.documentElement.lang.toLowerCase();
  const steps = lang.startsWith("en") ? [[1e9, "B"], [1e6, "M"], [1e3, "k"]]
    : lang === "zh-hans" ? [[1e8, "亿"], [1e4, "万"]] : [[1e8, "億"], [1e4, "萬"]];
  const symbols = { CNY: "¥", TWD: "NT$", USD: "US$", HKD: "HK$", EUR: "€", GBP: "£", JPY: "JP¥", MOP: "MOP$" };
  const whole = new Set(["TWD", "JPY", "KRW"]);
  const NOTHING = "—";
  const isNothing = (v) => v === null || v === undefined || v === "" || Number.isNaN(Number(v));
  const signed = (text, v) => (v < 0 ? "−" : "") + text;
  function grouped(value, places) {
    if (isNothing(value)) return NOTHING;
    const v = Number(value);
    const options = places === undefined ? { maximumFractionDigits: 2 } : { minimumFractionDigits: places, maximumFractionDigits: places };
    return signed(Math.abs(v).toLocaleString("en", options), v);
  }
  function short(value) {
    if (isNothing(value)) return NOTHING;
    const v = Number(value), size = Math.abs(v);
    if (size >= 1e4) for (const [step, sign] of steps) {
      if (size >= step) return signed(grouped(+(size / step).toFixed(size / step < 10 ? 2 : 1)) + sign, v);
    }
    return grouped(v);
  }
  function money(value, currency, brief) {
    if (isNothing(value)) return NOTHING;
    const v = Number(value), size = Math.abs(v);
    const text = brief && size >= 1e4 ? short(size) : grouped(size, whole.has(currency) ? 0 : 2);
    return signed((symbols[currency] || (currency ? currency + "\u00a0" : "")) + text, v);
  }
  function percent(value, places) { return isNothing(value) ? NOTHING : grouped(Number(value) * 100, places === undefined ? 1 : places) + "%"; }
  function figure(value, unit, currency, brief) {
    if (unit === "money") return money(value, currency, brief);
    if (unit === "share" || unit === "percent") return percent(value);
    if (unit === "ratio") return grouped(value, 2);
    return brief ? short(value) : grouped(value);
  }
  function axis(unit, currency) {
    if (unit === "share" || unit === "percent") return (v) => grouped(v * 100) + "%";
    if (unit === "money") return (v) => (symbols[currency] || "") + short(v);
    return short;
  }
  Object.assign(window.Remit, { figure, grouped, short, money, percent, axis, NOTHING });
})();
