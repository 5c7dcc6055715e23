() => {
  const parse = colour => colour.match(/[\d.]+/g).map(Number);
  const linear = part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
  const light = colour => { const [r, g, b] = parse(colour).map(v => linear(v / 255)); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      const parts = parse(colour);
      if (parts.length < 4 || parts[3] > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const low = new Map();
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || ![...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())) continue;
    const drawing = element.closest("svg");
    const style = getComputedStyle(element);
    const ink = light(drawing ? style.fill : style.color), paper = light(behind(drawing ? drawing.parentElement : element));
    const ratio = (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05);
    if (ratio < 4.5) low.set(`${element.tagName}.${element.getAttribute("class")} ${element.textContent.slice(0, 20)}`, ratio);
  }
  return [...low];
}
