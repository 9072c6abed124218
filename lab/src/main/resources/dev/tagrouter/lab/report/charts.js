// The report's charts: SVG drawn with d3. Colours and dashes are the style sheet's; every mark says its figures as a title.
'use strict';

const charts = (() => {
  const FALLBACK_WIDTH = 640;

  /** A figure that is drawn again whenever its width changes. `draw` takes the SVG and its width and gives its height. */
  function figure(parent, { title, caption, label, draw }) {
    const box = parent.append('figure');
    const text = box.append('figcaption');
    text.append('b').text(title + '. ');
    text.append('span').text(caption);
    const holder = box.append('div');
    const redraw = (width) => {
      holder.selectAll('svg').remove();
      const svg = holder.append('svg').attr('role', 'img').attr('aria-label', label);
      const height = draw(svg, width);
      svg.attr('viewBox', `0 0 ${width} ${height}`);
    };
    let drawn = FALLBACK_WIDTH;
    redraw(drawn);
    new ResizeObserver(([entry]) => {
      const width = Math.round(entry.contentRect.width);
      if (width > 0 && width !== drawn) {
        drawn = width;
        // A new height within the observer's own turn would be reported as a loop.
        requestAnimationFrame(() => redraw(width));
      }
    }).observe(holder.node());
    return box;
  }

  function axes(svg, x, y, width, margin, height, { xLabel, yLabel, xFormat, yFormat }) {
    svg.append('g').attr('class', 'grid').attr('transform', `translate(${margin.left},0)`)
      .call(d3.axisLeft(y).ticks(5).tickSize(-(width - margin.left - margin.right)).tickFormat(''))
      .call((g) => g.select('.domain').remove());
    svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - margin.bottom})`)
      .call(d3.axisBottom(x).ticks(Math.max(3, width / 110), xFormat).tickSizeOuter(0));
    svg.append('g').attr('class', 'axis').attr('transform', `translate(${margin.left},0)`)
      .call(d3.axisLeft(y).ticks(5).tickFormat(yFormat).tickSizeOuter(0));
    svg.append('text').attr('class', 'quiet').attr('x', margin.left).attr('y', 11).text(yLabel);
    svg.append('text').attr('class', 'quiet').attr('x', width - margin.right).attr('y', height - 4)
      .attr('text-anchor', 'end').text(xLabel);
  }

  const points = (value) => d3.format('.1f')(100 * value);
  // What rounds to nothing has no sign.
  const signed = (value, digits = 2) => d3.format(`+.${digits}f`)(100 * value).replace(/^[+−](0\.0+)$/, '$1');

  /** Swept curves with their deployable points, each candidate alone, and two levels that hold for every cost. */
  function costQuality(parent, { title, caption, label, series, singles, levels, yLabel, log = false }) {
    const box = figure(parent, {
      title, caption, label,
      draw: (svg, width) => {
        const height = Math.round(Math.min(430, Math.max(300, width * 0.55)));
        const margin = { top: 22, right: 14, bottom: 38, left: 42 };
        const all = series.flatMap((s) => s.curve.concat([s.point])).concat(singles.map((s) => s.point));
        const range = [margin.left, width - margin.right];
        const x = log ? d3.scaleLog(d3.extent(all, (p) => p[0]), [range[0] + 12, range[1] - 12])
          : d3.scaleLinear([0, d3.max(all, (p) => p[0])], range).nice();
        // A level far above all else would press everything else flat: it is named at the upper edge instead.
        const [low, high] = d3.extent(all, (p) => p[1]);
        const within = (level) => level.value <= high + 0.5 * (high - low);
        const y = d3.scaleLinear(d3.extent([low, high, ...levels.filter(within).map((l) => l.value)]),
          [height - margin.bottom, margin.top + 14]).nice();
        axes(svg, x, y, width, margin, height, { xLabel: `USD per 1,000 queries${log ? ', log scale' : ''}`, xFormat: log ? '~g' : undefined, yLabel, yFormat: points });
        for (const level of levels) {
          const at = within(level) ? y(level.value) : margin.top;
          svg.append('line').attr('class', 'level').attr('x1', margin.left).attr('x2', width - margin.right).attr('y1', at).attr('y2', at);
          svg.append('text').attr('class', 'quiet').attr('x', width - margin.right).attr('y', at - 4).attr('text-anchor', 'end')
            .text(`${level.name} ${points(level.value)}` + (within(level) ? '' : ', above the scale'));
        }
        const line = d3.line((p) => x(p[0]), (p) => y(p[1]));
        // Grey first, ours last, so that what counts lies on top.
        for (const s of series.slice().reverse()) {
          svg.append('path').attr('class', `curve ${s.role} ${s.role === 'rest' ? '' : 'strong'}`)
            .attr('d', line(s.curve)).append('title').text(s.name);
        }
        for (const s of singles) {
          svg.append('path').attr('class', 'single').attr('d', d3.symbol(d3.symbolDiamond, 42)())
            .attr('transform', `translate(${x(s.point[0])},${y(s.point[1])})`)
            .append('title').text(`${s.name} alone: ${points(s.point[1])} at ${s.point[0].toPrecision(3)} USD`);
        }
        for (const s of series.slice().reverse()) {
          svg.append('circle').attr('class', `dot ${s.role}`).attr('r', s.role === 'rest' ? 2.5 : s.role === 'ours' ? 6.5 : 5)
            .attr('cx', x(s.point[0])).attr('cy', y(s.point[1]))
            .append('title').text(`${s.name}, deployable: ${points(s.point[1])} at ${s.point[0].toPrecision(3)} USD`);
        }
        return height;
      },
    });
    const key = box.append('ul').attr('class', 'key');
    const entry = (name) => {
      const item = key.append('li');
      const svg = item.append('svg').attr('viewBox', '0 0 30 10').attr('aria-hidden', 'true');
      item.append('span').text(name);
      return svg;
    };
    for (const s of series.filter((each) => each.role !== 'rest')) {
      const svg = entry(s.name);
      svg.append('path').attr('class', `curve strong ${s.role}`).attr('d', 'M0,5H30');
      svg.append('circle').attr('class', `dot ${s.role}`).attr('cx', 15).attr('cy', 5).attr('r', 4);
    }
    if (series.some((s) => s.role === 'rest')) {
      entry('other methods').append('path').attr('class', 'curve').attr('d', 'M0,5H30');
    }
    entry('one model alone').append('path').attr('class', 'single').attr('transform', 'translate(15,5)')
      .attr('d', d3.symbol(d3.symbolDiamond, 32)());
  }

  /** A row for each name: a dot, its interval, and a text at the right; with a line at zero unless the scale is logarithmic. */
  function intervals(parent, { title, caption, label, rows, xLabel, format = (v) => signed(v), log = false }) {
    figure(parent, {
      title, caption, label,
      draw: (svg, width) => {
        const step = 19;
        const nameWidth = Math.min(width * 0.36, 9 + 6.6 * d3.max(rows, (r) => r.name.length));
        const noteWidth = 8 + 6.4 * d3.max(rows, (r) => r.note.length);
        const height = 10 + rows.length * step + 38;
        const values = rows.flatMap((r) => [r.low, r.value, r.high]).filter((v) => v !== null);
        const domain = d3.extent(log ? values : values.concat([0]));
        const x = (log ? d3.scaleLog : d3.scaleLinear)(domain, [nameWidth + 6, width - noteWidth - 6]).nice();
        svg.append('g').attr('class', 'grid').attr('transform', `translate(0,${height - 32})`)
          .call(d3.axisBottom(x).ticks(4).tickSize(-(height - 38)).tickFormat(''))
          .call((g) => g.select('.domain').remove());
        svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - 32})`)
          .call(d3.axisBottom(x).ticks(4).tickSizeOuter(0).tickFormat(log ? (v) => Number.isInteger(Math.log10(v)) ? d3.format('~r')(v) : '' : points));
        svg.append('text').attr('class', 'quiet').attr('x', width).attr('y', height - 2)
          .attr('text-anchor', 'end').text(xLabel);
        if (!log) {
          svg.append('line').attr('class', 'zero').attr('x1', x(0)).attr('x2', x(0)).attr('y1', 4).attr('y2', height - 32);
        }
        rows.forEach((row, i) => {
          const at = 14 + i * step;
          const g = svg.append('g').attr('class', row.role);
          const most = Math.floor(nameWidth / 6.4);
          g.append('text').attr('x', 0).attr('y', at + 4)
            .text(row.name.length > most ? row.name.slice(0, most - 1) + '…' : row.name);
          g.append('text').attr('class', 'quiet').attr('x', width).attr('y', at + 4).attr('text-anchor', 'end').text(row.note);
          if (row.low !== null && row.high !== null) {
            g.append('line').attr('class', 'span').attr('x1', x(row.low)).attr('x2', x(row.high)).attr('y1', at).attr('y2', at);
          }
          g.append('circle').attr('class', row.hollow ? 'dot hollow' : 'dot').attr('r', 4.5).attr('cx', x(row.value)).attr('cy', at);
          g.append('title').text(`${row.name}: ${format(row.value)}`
            + (row.low === null ? '' : ` (${format(row.low)} to ${format(row.high)})`));
        });
        return height;
      },
    });
  }

  /** Lines over a few ordered steps, named at their right end; names that would collide are moved apart. */
  function steps(parent, { title, caption, label, ticks, series, yLabel }) {
    figure(parent, {
      title, caption, label,
      draw: (svg, width) => {
        const height = 280;
        const margin = { top: 22, right: 118, bottom: 38, left: 42 };
        const x = d3.scalePoint(ticks, [margin.left, width - margin.right]).padding(0.15);
        const y = d3.scaleLinear(d3.extent(series.flatMap((s) => s.values)), [height - margin.bottom, margin.top]).nice();
        axes(svg, x, y, width, margin, height, { xLabel: 'models in the pool', yLabel, yFormat: points });
        const named = [];
        for (const s of series.slice().reverse()) {
          const strong = s.role !== 'rest';
          svg.append('path').attr('class', `curve ${s.role} ${strong ? 'strong' : ''}`)
            .attr('d', d3.line((v, i) => x(ticks[i]), (v) => y(v))(s.values)).append('title').text(s.name);
          s.values.forEach((v, i) => {
            svg.append('circle').attr('class', `dot ${s.role}`).attr('r', strong ? 4 : 2.5).attr('cx', x(ticks[i])).attr('cy', y(v))
              .append('title').text(`${s.name}, ${ticks[i]} models: ${points(v)}`);
          });
          if (strong) {
            named.push({ name: `${s.name} ${points(s.values.at(-1))}`, at: y(s.values.at(-1)) });
          }
        }
        named.sort((a, b) => a.at - b.at);
        named.forEach((each, i) => {
          each.at = i === 0 ? each.at : Math.max(each.at, named[i - 1].at + 14);
          svg.append('text').attr('x', width - margin.right + 8).attr('y', each.at + 4).text(each.name);
        });
        return height;
      },
    });
  }

  return { costQuality, intervals, steps, signed, points };
})();
