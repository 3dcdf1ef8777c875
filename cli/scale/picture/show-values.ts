/** The page's script: what is under the pointer is told below its picture. Times are those on the wall, as if UTC. */
export const showValues = `
for (const svg of document.querySelectorAll('svg')) {
  const { start, step, left, plot } = svg.dataset;
  const columns = JSON.parse(svg.dataset.columns);
  const out = svg.closest('figure').querySelector('output');
  const line = svg.querySelector('.pointer');
  svg.onpointermove = ({ clientX }) => {
    const x = new DOMPoint(clientX, 0).matrixTransform(svg.getScreenCTM().inverse()).x;
    const at = Math.floor(((x - left) / plot) * columns.length);
    if (!columns[at]) return;
    const [load, exist, open, hot, over] = columns[at];
    const time = new Date(+start + at * step).toISOString().slice(0, 16).replace('T', ' ');
    line.setAttribute('d', 'M' + x + ' 0V2000');
    out.textContent = time + ': load ' + load + ', exist ' + exist + ', open ' + open + ', hot ' + hot + ' %, over ' + over + ' %';
  };
  svg.onpointerleave = () => { line.setAttribute('d', ''); out.textContent = '\\u00a0'; };
}
`;
