// Draws every [data-chart]: reads its JSON (web/charts.py), loads ECharts once, follows theme and size.
(function () {
  const source = document.currentScript.dataset.echarts;
  const { figure, axis, strings } = window.Remit;
  const palettes = {
    light: ["#0b5d75", "#c27c1a", "#7d4b80", "#4a8457", "#b0503a", "#4f6690", "#8f8526", "#7b848a"],
    dark: ["#66bbd0", "#e3b062", "#c195c6", "#8ac596", "#e8937d", "#9cb0d4", "#d0c56c", "#a3acb2"],
  };
  const ramps = { light: ["#f1f5f5", "#a9cdd5", "#4e93a7", "#0b5d75", "#06303d"], dark: ["#1c2529", "#1f4753", "#2f7688", "#66bbd0", "#d5eef3"] };
  let loading;
  function library() {
    loading ||= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = fail;
      document.head.append(script);
    });
    return loading;
  }
  function look() {
    const dark = document.documentElement.dataset.bsTheme === "dark";
    const css = getComputedStyle(document.documentElement);
    const probe = (name) => { const e = document.createElement("i"); e.style.color = `var(${name})`; document.body.append(e); const c = getComputedStyle(e).color; e.remove(); return c; };
    return { colours: palettes[dark ? "dark" : "light"], ramp: ramps[dark ? "dark" : "light"], ink: probe("--ink"), ink2: probe("--ink-2"), ink3: probe("--ink-3"), line: probe("--line"), line2: probe("--line-2"), surface: probe("--surface"), bad: probe("--bad"), font: css.getPropertyValue("--tblr-font-sans-serif") };
  }
  function frame(t) {
    return {
      color: t.colours, animation: !matchMedia("(prefers-reduced-motion: reduce)").matches, animationDuration: 250,
      textStyle: { fontFamily: t.font, color: t.ink2, fontSize: 12 },
      tooltip: { renderMode: "richText", confine: true, backgroundColor: t.surface, borderColor: t.line2, borderWidth: 1, padding: [8, 12], textStyle: { color: t.ink, fontSize: 12, lineHeight: 18, fontFamily: t.font } },
      legend: { type: "scroll", top: 0, left: 0, itemWidth: 14, itemHeight: 8, icon: "roundRect", textStyle: { color: t.ink2 }, pageTextStyle: { color: t.ink2 }, pageIconColor: t.ink2, pageIconInactiveColor: t.line2 },
      grid: { left: 4, right: 28, top: 12, bottom: 4, containLabel: true }, aria: { enabled: false },
    };
  }
  const write = (s, value) => figure(value, s.unit, s.currency, false) + (s.estimate ? ` (${strings.estimate})` : "");
  const kinds = {};
  function lines(c, t, width) {
    const o = frame(t), across = c.kind === "bar", many = c.series.filter((s) => !s.low.length || true).length > 1;
    const share = c.series.some((s) => s.axis === 1);
    const value = (i) => { const s = c.series.find((x) => x.axis === i) || c.series[0] || {}; return { type: "value", axisLabel: { color: t.ink3, hideOverlap: true, formatter: axis(s.unit, s.currency) }, splitLine: { show: i === 0, lineStyle: { color: t.line } }, scale: c.kind === "line" && s.unit === "index" }; };
    const names = { type: "category", data: c.labels, boundaryGap: c.kind !== "line" && c.kind !== "area", inverse: across, axisTick: { show: false }, axisLine: { lineStyle: { color: t.line2 } }, axisLabel: { color: t.ink3, hideOverlap: true, alignMinLabel: c.kind === "line" || c.kind === "area" ? "left" : undefined, alignMaxLabel: c.kind === "line" || c.kind === "area" ? "right" : undefined, width: across ? Math.max(72, width * 0.3) : undefined, overflow: across ? "truncate" : undefined } };
    const values = share && !across ? [value(0), value(1)] : value(0);
    o.xAxis = across ? values : names;
    o.yAxis = across ? names : values;
    if (many) o.grid.top = 36; else delete o.legend;
    o.tooltip.trigger = "axis";
    o.tooltip.axisPointer = { type: across || c.kind === "column" || c.kind === "stacked" ? "shadow" : "line", lineStyle: { color: t.line2 }, shadowStyle: { color: t.line, opacity: .4 } };
    o.tooltip.formatter = (points) => [points[0].axisValueLabel, ...points.filter((p) => c.series[p.seriesIndex]).map((p) => `${p.seriesName}  ${write(c.series[p.seriesIndex], p.value)}`)].join("\n");
    o.series = c.series.map((s) => {
      const kind = s.kind || c.kind, line = kind === "line" || kind === "area";
      return { name: s.name, type: line ? "line" : "bar", data: s.values, yAxisIndex: across ? 0 : s.axis, stack: kind === "stacked" ? "all" : undefined, barMaxWidth: 28, barGap: "12%", connectNulls: false, showSymbol: c.labels.length < 2 || s.values.filter((v) => v !== null).length < 3, symbolSize: 5,
        lineStyle: line ? { width: 2, type: s.dashed || s.estimate ? "dashed" : "solid", opacity: s.muted ? .55 : 1 } : undefined, areaStyle: kind === "area" ? { opacity: .12 } : undefined,
        itemStyle: { ...(s.muted ? { color: t.ink3, opacity: line ? 1 : .5 } : {}), ...(line ? {} : { borderRadius: kind === "stacked" ? 0 : across ? [0, 2, 2, 0] : [2, 2, 0, 0] }), ...(s.estimate && !line ? { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4, color: t.surface } } : {}) }, emphasis: { focus: many ? "series" : "none" } };
    });
    bands(c, o, t);
    if (c.target !== null && o.series[0]) o.series[0].markLine = { silent: true, symbol: "none", lineStyle: { color: t.bad, type: "dashed" }, label: { color: t.ink2, position: "insideEndTop", formatter: c.target_name || figure(c.target, c.series[0].unit, c.series[0].currency, true) }, data: [across ? { xAxis: c.target } : { yAxis: c.target }] };
    return o;
  }
  function bands(c, o, t) {
    c.series.forEach((s, i) => {
      if (!s.low.length) return;
      const shared = { type: "line", stack: "band" + i, stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
      o.series.push({ ...shared, data: s.low }, { ...shared, data: s.high.map((h, k) => (h === null ? null : h - s.low[k])), areaStyle: { color: t.colours[i % 8], opacity: .14 } });
    });
  }
  for (const name of ["line", "area", "column", "stacked", "bar"]) kinds[name] = lines;
  kinds.donut = (c, t) => {
    const o = frame(t), s = c.series[0];
    o.tooltip.formatter = (p) => `${p.name}\n${write(s, p.value)}  ${p.percent}%`;
    o.legend = { ...o.legend, orient: "vertical", top: "middle", left: "58%" };
    o.series = [{ type: "pie", radius: ["52%", "80%"], center: ["30%", "50%"], label: { show: false }, itemStyle: { borderColor: t.surface, borderWidth: 2 }, data: c.labels.map((name, i) => ({ name, value: s.values[i] })) }];
    return o;
  };
  kinds.heat = (c, t) => {
    const o = frame(t), s = c.series[0], cells = [];
    s.values.forEach((row, y) => row.forEach((v, x) => cells.push([x, y, v === null ? "-" : v])));
    const known = cells.map((x) => x[2]).filter((v) => v !== "-").map(Number);
    delete o.legend;
    o.grid.bottom = 36;
    o.tooltip.formatter = (p) => `${c.rows[p.value[1]]} · ${c.labels[p.value[0]]}\n${write(s, p.value[2] === "-" ? null : p.value[2])}`;
    const label = { color: t.ink3, hideOverlap: true };
    o.xAxis = { type: "category", data: c.labels, axisTick: { show: false }, axisLine: { show: false }, axisLabel: label, splitArea: { show: false } };
    o.yAxis = { type: "category", data: c.rows, inverse: true, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...label, width: 120, overflow: "truncate" } };
    const most = Math.max(...known, 0) || 1, least = Math.min(...known);
    o.visualMap = { min: least > most * 0.3 ? least * 0.8 : Math.min(least, 0), max: most, calculable: false, orient: "horizontal", left: "center", bottom: 0, itemWidth: 10, itemHeight: 120, inRange: { color: t.ramp }, textStyle: { color: t.ink3 }, formatter: axis(s.unit, s.currency) };
    o.series = [{ type: "heatmap", data: cells, itemStyle: { borderColor: t.surface, borderWidth: 1 } }];
    return o;
  };
  kinds.scatter = (c, t) => {
    const o = frame(t), biggest = Math.max(1, ...c.series.flatMap((s) => s.values.map((v) => Number(v[2]) || 0)));
    const one = (title, unit, place) => ({ type: "value", name: title, nameLocation: "middle", nameGap: place === "x" ? 26 : 46, nameTextStyle: { color: t.ink2 }, axisLabel: { color: t.ink3, formatter: axis(unit) }, splitLine: { lineStyle: { color: t.line } }, scale: true });
    o.grid = { ...o.grid, left: 40, bottom: 24, top: c.series.length > 1 ? 36 : 12 };
    if (c.series.length < 2) delete o.legend;
    o.xAxis = one(c.x_title, c.x_unit, "x");
    o.yAxis = one(c.y_title, c.y_unit, "y");
    o.tooltip.formatter = (p) => [p.value[3] || p.seriesName, `${c.x_title}  ${figure(p.value[0], c.x_unit)}`, `${c.y_title}  ${figure(p.value[1], c.y_unit)}`, ...(p.value[2] ? [window.Remit.grouped(p.value[2])] : [])].join("\n");
    o.series = c.series.map((s) => ({ name: s.name, type: "scatter", data: s.values, symbolSize: (v) => (v[2] ? 6 + 34 * Math.sqrt(v[2] / biggest) : 8), itemStyle: { opacity: .72, borderColor: t.surface, borderWidth: 1 } }));
    if (c.split) o.series[0].markLine = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: t.line2, type: "solid" }, data: [{ xAxis: c.split[0] }, { yAxis: c.split[1] }] };
    return o;
  };
  kinds.funnel = (c, t, width) => {
    const o = frame(t), s = c.series[0], narrow = width < 480, between = narrow ? "\n" : "  ";
    delete o.legend;
    o.tooltip.formatter = (p) => `${p.name}\n${write(s, p.value)}  ${window.Remit.percent(p.value / s.values[0])}`;
    o.series = [{ type: "funnel", sort: "none", left: narrow ? 0 : 8, right: narrow ? "48%" : "36%", top: 8, bottom: 8, gap: 2, minSize: "8%", label: { position: "right", color: t.ink, lineHeight: 15, formatter: (p) => `${p.name}${between}${figure(p.value, s.unit, s.currency, true)}  ${window.Remit.percent(p.value / s.values[0])}` }, labelLine: { lineStyle: { color: t.line2 } }, itemStyle: { borderWidth: 0 }, data: c.labels.map((name, i) => ({ name, value: s.values[i], itemStyle: { color: t.colours[0], opacity: 1 - i * (.7 / Math.max(c.labels.length, 2)) } })) }];
    return o;
  };
  kinds.sankey = (c, t) => {
    const o = frame(t);
    delete o.legend;
    o.tooltip.formatter = (p) => (p.dataType === "edge" ? `${p.data.source} → ${p.data.target}` : p.name) + "\n" + window.Remit.grouped(p.value);
    o.series = [{ type: "sankey", top: 8, bottom: 8, left: 4, right: "16%", nodeGap: 10, nodeWidth: 10, label: { color: t.ink2 }, lineStyle: { color: "source", opacity: .28 }, data: [...new Set(c.links.flatMap((l) => [l[0], l[1]]))].map((name) => ({ name })), links: c.links.map(([a, b, n]) => ({ source: a, target: b, value: n })) }];
    return o;
  };
  kinds.radar = (c, t) => {
    const o = frame(t), most = Math.max(...c.series.flatMap((s) => s.values));
    o.radar = { indicator: c.labels.map((name) => ({ name, max: most })), axisName: { color: t.ink2 }, splitLine: { lineStyle: { color: t.line } }, axisLine: { lineStyle: { color: t.line } }, splitArea: { show: false }, center: ["50%", "54%"] };
    o.series = [{ type: "radar", symbolSize: 4, data: c.series.map((s) => ({ name: s.name, value: s.values, areaStyle: { opacity: .1 } })) }];
    return o;
  };
  function spark(o) {
    o.grid = { left: 1, right: 1, top: 3, bottom: 3 };
    [o.xAxis, o.yAxis].flat().forEach((a) => { if (a) { a.show = false; a.scale = true; } });
    delete o.legend;
    o.series.forEach((s) => { s.lineStyle = { ...s.lineStyle, width: 1.5 }; s.showSymbol = false; delete s.markLine; });
    return o;
  }
  function draw(box) {
    const canvas = box.querySelector(".chart-canvas"), data = box.querySelector("script[type='application/json']");
    if (!canvas || !data || !canvas.clientWidth) return;
    const chart = window.echarts.getInstanceByDom(canvas) || window.echarts.init(canvas, null, { renderer: "canvas" });
    const c = JSON.parse(data.textContent), option = kinds[c.kind](c, look(), canvas.clientWidth);
    chart.setOption(canvas.classList.contains("spark") ? spark(option) : option, true);
    chart.off("click");
    if (c.hrefs.length) chart.on("click", (p) => { const href = c.hrefs[p.dataIndex]; if (href) location.href = href; });
    box.dataset.drawn = "true";
  }
  const sizes = new ResizeObserver((seen) => seen.forEach(({ target }) => {
    const chart = window.echarts && window.echarts.getInstanceByDom(target);
    if (chart) chart.resize(); else if (window.echarts) draw(target.closest("[data-chart]"));
  }));
  function take(root) {
    const boxes = [...root.querySelectorAll("[data-chart]")].concat(root.matches && root.matches("[data-chart]") ? [root] : []);
    if (!boxes.length) return;
    library().then(() => boxes.forEach((box) => { const canvas = box.querySelector(".chart-canvas"); if (canvas) { sizes.observe(canvas); draw(box); } }));
  }
  take(document);
  window.Remit.drawCharts = take;
  document.addEventListener("htmx:load", (event) => take(event.target));
  document.addEventListener("remit:theme", () => { if (window.echarts) document.querySelectorAll("[data-drawn]").forEach(draw); });

  // -- tools of a chart ------------------------------------------------------------------------------
  function save(name, url) { const a = document.createElement("a"); a.download = name; a.href = url; a.click(); }
  const guard = (text) => (/^[=+\-@\t\r]/.test(text) && !/^-?[\d.,]+%?$/.test(text) ? "'" + text : text);
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-chart-table], [data-chart-png], [data-chart-csv]");
    if (!button) return;
    const box = button.closest("[data-chart]"), name = box.dataset.file || "chart";
    if (button.matches("[data-chart-table]")) {
      const table = box.querySelector(".chart-table");
      table.hidden = !table.hidden;
      button.setAttribute("aria-expanded", String(!table.hidden));
    } else if (button.matches("[data-chart-png]")) {
      const chart = window.echarts.getInstanceByDom(box.querySelector(".chart-canvas"));
      save(name + ".png", chart.getDataURL({ pixelRatio: 2, backgroundColor: look().surface }));
    } else {
      const rows = [...box.querySelectorAll(".chart-table tr")].map((tr) => [...tr.children].map((td) => `"${guard(td.textContent.trim()).replaceAll('"', '""')}"`).join(","));
      save(name + ".csv", URL.createObjectURL(new Blob(["\ufeff" + rows.join("\r\n")], { type: "text/csv" })));
    }
  });
})();
