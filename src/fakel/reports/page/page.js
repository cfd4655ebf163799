/* Reads curves out under the pointer. The page is whole without it. */
document.querySelectorAll("figure svg").forEach(svg => {
  const lines = [...svg.querySelectorAll("path[data-x]")].map(path => {
    const [x0, x1, px0, px1] = path.dataset.x.split(",").map(Number);
    const [y0, y1, py0, py1, log] = path.dataset.y.split(",").map(Number);
    const points = path.getAttribute("d").split(/[ML]/).filter(Boolean).map(p => p.split(" ").map(Number));
    const value = py => { const s = (py - py0) / (py1 - py0);
      return log ? 10 ** (Math.log10(y0) + s * (Math.log10(y1) - Math.log10(y0))) : y0 + s * (y1 - y0); };
    return {points, value, px0, px1, name: path.dataset.name, unit: path.dataset.unit.split(/[ ,]/)[0]};
  });
  if (!lines.length) return;
  const make = (tag, css) => { const e = document.createElementNS(svg.namespaceURI, tag); e.setAttribute("class", css); svg.append(e); return e; };
  const rule = make("path", "cursor"), words = make("g", "readout");
  svg.addEventListener("pointerleave", () => { rule.setAttribute("d", ""); words.replaceChildren(); });
  svg.addEventListener("pointermove", event => {
    const box = svg.getBoundingClientRect(), x = (event.clientX - box.left) * svg.viewBox.baseVal.width / box.width;
    rule.setAttribute("d", `M${x} 0V${svg.viewBox.baseVal.height - 22}`);
    words.replaceChildren();
    lines.forEach(line => {
      const i = line.points.findIndex(p => p[0] >= x);
      if (i < 1) return;
      const [a, b] = [line.points[i - 1], line.points[i]], y = a[1] + (b[1] - a[1]) * (x - a[0]) / Math.max(b[0] - a[0], 1e-9);
      const text = document.createElementNS(svg.namespaceURI, "text"), v = line.value(y);
      text.textContent = `${v.toPrecision(3).replace("-", "\u2212")} ${line.unit}`;
      const right = x > svg.viewBox.baseVal.width - 150;
      text.setAttribute("x", x + (right ? -6 : 6)); text.setAttribute("y", y - 5);
      if (right) text.setAttribute("text-anchor", "end");
      text.setAttribute("class", "b halo-t");
      words.append(text);
    });
  });
});
