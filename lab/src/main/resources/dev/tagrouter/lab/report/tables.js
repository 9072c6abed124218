// The report's tables and how figures are written; cells are set as text, never as markup.
'use strict';

const tables = (() => {
  const missing = (value) => value === null || value === undefined;
  const fixed = (digits) => (value) => missing(value) ? '–' : d3.format(`,.${digits}f`)(value);
  const percent = (digits) => (value) => missing(value) ? '–' : d3.format(`.${digits}f`)(100 * value);
  const change = (value) => missing(value) ? '–' : charts.signed(value, 1) + ' %';
  const gain = (value) => missing(value) ? '–' : charts.signed(value);
  const cost = (saving) => missing(saving) ? '–' : saving < -1 ? `${d3.format(saving < -10 ? ',.0f' : '.1f')(1 - saving)} × cost` : change(saving);
  const between = (ci, digits = 1) => ci ? `${charts.signed(ci[0], digits)} to ${charts.signed(ci[1], digits)}` : '';
  const plural = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;

  /** A table whose columns sort on a click; a column is {name, of(row), show(value), left, wide}. */
  function table(parent, caption, columns, rows, roleOf = () => '') {
    const box = parent.append('div').attr('class', 'scroll').attr('tabindex', 0).attr('role', 'region').attr('aria-label', caption);
    const grid = box.append('table');
    grid.append('caption').text(caption);
    const head = grid.append('thead').append('tr');
    const body = grid.append('tbody');
    const show = (order) => {
      body.selectAll('tr').remove();
      for (const row of order) {
        const tr = body.append('tr').attr('class', roleOf(row));
        columns.forEach((column, i) => {
          const value = column.of(row);
          tr.append(i === 0 ? 'th' : 'td').attr('scope', i === 0 ? 'row' : null)
            .attr('class', `${column.left ? 'left' : ''} ${column.wide ? 'wide' : ''}`)
            .text(column.show ? column.show(value, row) : missing(value) ? '–' : value);
        });
      }
    };
    columns.forEach((column) => {
      const th = head.append('th').attr('scope', 'col').attr('class', column.left ? 'left' : '');
      th.append('button').attr('type', 'button').text(column.name).on('click', () => {
        const falling = th.attr('aria-sort') ? th.attr('aria-sort') === 'ascending' : !column.left;
        head.selectAll('th').attr('aria-sort', null);
        th.attr('aria-sort', falling ? 'descending' : 'ascending');
        const known = rows.filter((r) => !missing(column.of(r)));
        known.sort((a, b) => (falling ? d3.descending : d3.ascending)(column.of(a), column.of(b)));
        show(known.concat(rows.filter((r) => missing(column.of(r)))));
      });
    });
    show(rows);
  }

  return { missing, fixed, percent, change, gain, cost, between, plural, table };
})();
