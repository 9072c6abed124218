// The report's text and tables, from the embedded results. Everything is set as text, never as markup.
'use strict';

(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { results, pools, summaries, run, thirteen } = read('results');
  const ablation = read('ablation');
  const OURS = 'tagrouter';
  // Another form of ours is compared with it, but is no opponent.
  const isOpponent = (row) => row.method !== OURS && row.method !== `${OURS}+embedding`;
  const PUBLISHED = 'paper';
  const REFERENCES = ['random', 'cheapest', 'dearest', 'best-single', 'task-oracle', 'oracle'];
  const ROLES = ['first', 'second', 'third'];
  const MOST_LINEAR = 30;
  const WORST_TASKS = 15;
  const main = d3.select('#main');

  const { missing, fixed, percent, change, gain, cost, between, plural, table } = tables;

  const rowsOf = (pool) => results.filter((r) => r.pool === pool.name);
  const methodsOf = (pool) => rowsOf(pool).filter((r) => !REFERENCES.includes(r.method));
  const line = (pool, method) => rowsOf(pool).find((r) => r.method === method);
  const two = (pool) => pool.models.length === 2;
  const headline = (pool) => two(pool) ? 'ar' : 'quality';
  const place = (rows, method, figure) =>
    1 + rows.filter((r) => isOpponent(r) && r[figure] > rows.find((each) => each.method === method)[figure]).length;
  const upliftOf = (pool, row) => two(pool) ? row.uplift : row.qualityUplift;
  const upliftCi = (pool, row) => row.ci[two(pool) ? 'uplift' : 'qualityUplift'];

  function section(id, title) {
    d3.select('#contents').append('li').append('a').attr('href', '#' + id).text(title);
    const part = main.append('section').attr('id', id).attr('aria-labelledby', id + '-title');
    part.append('h2').attr('id', id + '-title').text(title);
    return part;
  }

  const roleOfMethod = (row) => row.method === OURS ? 'ours' : REFERENCES.includes(row.method) ? 'reference' : '';

  function beaten(beats) {
    return `beats ${beats.beaten} of ${plural(beats.methods, 'method')} with p < .05`
      + (beats.baselines ? `; of the thirteen baselines ${beats.baselinesBeaten} of the ${beats.baselines} here,`
        + ` ${beats.baselinesBeatenHolm} after Holm's correction over ${beats.baselines}` : '');
  }

  function overview() {
    const part = section('overview', 'Overview');
    const claims = part.append('ul').attr('class', 'claims');
    const say = (text) => claims.append('li').text(text);
    for (const [data, rows] of d3.group(summaries, (s) => s.data)) {
      const ours = rows.find((r) => r.method === OURS);
      const best = d3.greatest(rows.filter(isOpponent), (r) => r.aucGainOverRandom);
      say(`${data}, mean over ${ours.pools} pools of two models: ours lies ${gain(ours.aucGainOverRandom)} points of AUC above a random`
        + ` router (95 % interval ${between(ours.ci, 2)}), place ${place(rows, OURS, 'aucGainOverRandom')} of ${1 + rows.filter(isOpponent).length}.`
        + (best ? ` The best other method, ${best.method}, has ${gain(best.aucGainOverRandom)}.` : '') + ` It ${beaten(ours.beats)}.`);
    }
    const summed = new Set(summaries.map((s) => s.data));
    for (const pool of pools.filter((p) => !two(p) || !summed.has(p.data))) {
      const row = line(pool, OURS);
      const price = row.costSaving < -1 ? `${fixed(1)(1 - row.costSaving)} times its cost`
        : `${fixed(1)(100 * Math.abs(row.costSaving))} % ${row.costSaving < 0 ? 'more' : 'less'} cost`;
      say(`${pool.name}, ${pool.models.length} models, ${fixed(0)(pool.queries)} queries: against the best single model, ${pool.bestSingle},`
        + ` ours as deployable has ${change(upliftOf(pool, row))} ${two(pool) ? 'accept rate' : 'quality'} (95 % interval`
        + ` ${between(upliftCi(pool, row))}) at ${price}. By area it is place ${place(methodsOf(pool), OURS, 'area')} of`
        + ` ${1 + methodsOf(pool).filter(isOpponent).length}; it ${beaten(pool.beats)}.`);
    }
    const behind = pools.filter((p) => place(methodsOf(p), OURS, 'area') > 1);
    say(behind.length ? `Ours is not first by area on ${behind.map((p) => p.name).join(', ')}.` : 'Ours is first by area on every pool.');
    const assumed = new Set(pools.filter((p) => p.assumedOutputShare === 1).map((p) => p.data));
    if (assumed.size) {
      say(`Savings on ${[...assumed].join(', ')} are price mix: the data tell no answer's length, so that the same was assumed for every`
        + ' answer, and cost differs by price alone.');
    }
    table(part, 'Ours on every pool', [
      { name: 'pool', of: (p) => p.name, left: true },
      { name: 'set', of: (p) => p.data, left: true },
      { name: 'models', of: (p) => p.models.length },
      { name: 'queries', of: (p) => p.queries, show: fixed(0) },
      { name: 'uplift', of: (p) => upliftOf(p, line(p, OURS)), show: change },
      { name: '95 %', of: (p) => upliftCi(p, line(p, OURS))?.[0], show: (v, p) => between(upliftCi(p, line(p, OURS))) },
      { name: 'cost saving', of: (p) => line(p, OURS).costSaving, show: cost },
      { name: 'gain over random', of: (p) => line(p, OURS).areaGainOverRandom, show: gain },
      { name: '95 %', of: (p) => line(p, OURS).ci.areaGainOverRandom?.[0], show: (v, p) => between(line(p, OURS).ci.areaGainOverRandom) },
      { name: 'place by area', of: (p) => place(methodsOf(p), OURS, 'area'), show: (v, p) => `${v} of ${1 + methodsOf(p).filter(isOpponent).length}` },
      { name: 'beaten, p < .05', of: (p) => p.beats.beaten, show: (v, p) => `${v} of ${p.beats.methods}` },
      { name: 'of the 13, Holm', of: (p) => p.beats.baselinesBeatenHolm, show: (v, p) => `${v} of ${p.beats.baselines}` },
      { name: 'savings', of: (p) => p.assumedOutputShare, show: (v) => v === 1 ? 'price mix' : 'price and length', left: true },
    ], pools);
  }

  function forest(parent, title, rows, lead, ci, p) {
    const others = rows.filter((r) => r.method !== OURS).sort((a, b) => d3.descending(a[lead], b[lead]));
    if (others.length) {
      charts.intervals(parent, {
        title, caption: 'Right of the line ours is better; filled: the interval excludes 0. Points of area, 95 % intervals over queries.',
        label: `${title}: ` + others.map((r) => `${r.method} ${gain(r[lead])}`).join(', '),
        xLabel: 'ours minus the method, points', rows: others.map((r) => {
          const [low, high] = ci(r) ?? [null, null];
          const clear = low !== null && (low > 0 || high < 0);
          return { name: r.method, value: r[lead], low, high, hollow: !clear, note: `p ${fixed(3)(r[p])}`,
            role: !clear ? 'unclear' : low > 0 ? 'ours' : 'published' };
        }),
      });
    }
  }

  function sets() {
    const bySet = d3.group(summaries, (s) => s.data);
    if (!bySet.size) {
      return;
    }
    const part = section('sets', 'Means over pools');
    for (const [data, rows] of bySet) {
      part.append('h3').text(`${data}: ${rows[0].pools} pools of two models`);
      table(part, `${data}: means over ${rows[0].pools} pools`, [
        { name: 'method', of: (r) => r.method, left: true },
        { name: 'AUC gain', of: (r) => r.aucGainOverRandom, show: gain },
        { name: '95 %', of: (r) => r.ci[0], show: (v, r) => between(r.ci, 2) },
        { name: 'ours minus it', of: (r) => r.method === OURS ? null : r.leadOfOurs, show: gain },
        { name: '95 %', of: (r) => r.method === OURS ? null : r.leadOfOursCi[0], show: (v, r) => missing(v) ? '–' : between(r.leadOfOursCi, 2) },
        { name: 'PAUC %', of: (r) => r.pauc, show: percent(2) },
        { name: 'uplift', of: (r) => r.uplift, show: change },
        { name: 'saving', of: (r) => r.costSaving, show: cost },
        { name: 'p', of: (r) => r.pValueVsOurs, show: fixed(3) },
        { name: 'p, Holm', of: (r) => r.pValueHolm, show: fixed(3) },
      ], rows.slice().sort((a, b) => d3.descending(a.aucGainOverRandom, b.aucGainOverRandom)), roleOfMethod);
      forest(part.append('div').attr('class', 'pair'), `Lead of ours on ${data}`, rows, 'leadOfOurs', (r) => r.leadOfOursCi, 'pValueVsOurs');
    }
  }

  function poolTable(part, pool) {
    const area = two(pool) ? 'AUC %' : 'area %';
    const columns = [
      { name: 'method', of: (r) => r.method + (r.playsTwoModels ? ' 2m' : ''), left: true },
      { name: two(pool) ? 'AR %' : 'quality %', of: (r) => r[headline(pool)], show: percent(2) },
      { name: 'uplift', of: (r) => upliftOf(pool, r), show: change },
      { name: '95 %', of: (r) => upliftCi(pool, r)?.[0], show: (v, r) => between(upliftCi(pool, r)) },
      { name: 'USD/1k', of: (r) => 1000 * r.cost, show: fixed(3) },
      { name: 'saving', of: (r) => r.costSaving, show: cost },
      { name: 'rank', of: (r) => r.rank, show: fixed(3) },
      { name: area, of: (r) => r.area, show: percent(2) },
      { name: 'gain', of: (r) => missing(r.area) ? null : r.areaGainOverRandom, show: gain },
      { name: '95 %', of: (r) => r.ci.areaGainOverRandom?.[0], show: (v, r) => between(r.ci.areaGainOverRandom) },
      { name: 'ours minus it', of: (r) => missing(r.pValueVsOurs) ? null : r.leadOfOurs, show: gain },
      { name: '95 %', of: (r) => missing(r.pValueVsOurs) ? null : r.ci.leadOfOurs?.[0], show: (v, r) => missing(v) ? '–' : between(r.ci.leadOfOurs) },
      { name: 'p', of: (r) => r.pValueVsOurs, show: fixed(3) },
      { name: 'p, Holm', of: (r) => r.pValueHolm, show: fixed(3) },
      { name: 'decision p50 µs', of: (r) => r.decisionMicrosP50, show: fixed(1) },
      { name: 'p99 µs', of: (r) => r.decisionMicrosP99, show: fixed(1) },
      { name: 'training s', of: (r) => missing(r.decisionMicrosP50) ? null : r.trainSeconds, show: fixed(2) },
      ...(two(pool) ? [
        { name: 'PAUC %', of: (r) => r.pauc, show: percent(2) },
        { name: 'APGR', of: (r) => r.apgr, show: fixed(3) },
        { name: 'CPT 20', of: (r) => r.cpt20, show: fixed(3) },
        { name: 'CPT 50', of: (r) => r.cpt50, show: fixed(3) },
        { name: 'CPT 80', of: (r) => r.cpt80, show: fixed(3) }] : []),
      { name: 'AIQ', of: (r) => r.aiq, show: fixed(3) },
      { name: 'S', of: (r) => r.arenaScore, show: fixed(3) },
      { name: 'gap to oracle', of: (r) => r.gapToOracle, show: (v) => percent(1)(v) + ' %' },
    ];
    table(part, `${pool.name}: every method; p-values corrected over ${pool.beats.baselines} of the thirteen baselines`, columns, rowsOf(pool), roleOfMethod);
  }

  function poolCharts(part, pool) {
    const methods = methodsOf(pool).slice().sort((a, b) => d3.descending(a.area, b.area));
    const best = methods.filter((r) => r.method !== OURS && r.method !== PUBLISHED).slice(0, 3).map((r) => r.method);
    const roleOf = (m) => m === OURS ? 'ours' : m === PUBLISHED ? 'published' : ROLES[best.indexOf(m)] ?? 'rest';
    const order = ['ours', 'published', ...ROLES, 'rest'];
    const y = headline(pool);
    const series = methods.map((r) => ({ name: r.method, role: roleOf(r.method), curve: r.curve.map((p) => [1000 * p[0], p[1]]), point: [1000 * r.cost, r[y]] }))
      .sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
    // With one model far dearer than the others, everything of interest would lie at the left edge.
    const [least, most] = d3.extent(pool.models, (m) => m.cost);
    const pair = part.append('div').attr('class', 'pair');
    charts.costQuality(pair, {
      title: `${pool.name}: ${two(pool) ? 'accept rate' : 'quality'} over cost`,
      caption: 'Lines: swept on the tested queries; dots: what was chosen on validation folds and can be deployed. The table below has the figures.',
      label: `${pool.name}: cost-quality curves of ${methods.length} methods; ours deploys ${charts.points(line(pool, OURS)[y])} %, `
        + `best single model ${charts.points(line(pool, 'best-single')[y])} %, oracle ${charts.points(line(pool, 'oracle')[y])} %`,
      series, log: !two(pool) && least > 0 && most > MOST_LINEAR * least, yLabel: two(pool) ? 'accept rate, %' : 'quality, %',
      singles: pool.models.map((m) => ({ name: m.model, point: [1000 * m.cost, m[y]] })),
      levels: [{ name: 'best single', value: line(pool, 'best-single')[y] }, { name: 'oracle', value: line(pool, 'oracle')[y] }],
    });
    forest(pair, `Lead of ours on ${pool.name}`, methods, 'leadOfOurs', (r) => r.ci.leadOfOurs, 'pValueVsOurs');
  }

  function everyPool() {
    const part = section('pools', 'Pools');
    part.append('p').attr('class', 'note').text('Reference lines in italics. A heading sorts its column.');
    pools.forEach((pool, i) => {
      const box = part.append('details').attr('class', 'pool').attr('open', i < 4 ? '' : null).attr('id', 'pool-' + i);
      const summary = box.append('summary');
      summary.append('span').text(pool.name);
      summary.append('span').attr('class', 'note').text(`${plural(pool.models.length, 'model')}, ${fixed(0)(pool.queries)} queries`
        + (pool.queriesLeftOut ? ` (${fixed(0)(pool.queriesLeftOut)} left out: a candidate not judged)` : '')
        + `, best single ${pool.bestSingle}` + (pool.assumedOutputShare === 1 ? '; savings are price mix' : ''));
      poolCharts(box, pool);
      poolTable(box, pool);
      const tuned = methodsOf(pool).filter((r) => r.settings.some((s) => s !== ''));
      if (tuned.length) {
        const settings = box.append('details');
        settings.append('summary').text('Settings chosen on validation folds');
        table(settings, `${pool.name}: settings by fold under test`, [
          { name: 'method', of: (r) => r.method, left: true },
          { name: 'setting: folds', of: (r) => [...d3.rollup(r.settings, (v) => v.length, (s) => s)].map(([s, n]) => `${s}: ${n}`).join('; '), left: true, wide: true },
        ], tuned);
      }
    });
  }

  /** Pools of one set that grow: each holds all models of the one before; the longest such row of each set. */
  function chains() {
    return [...d3.group(pools, (p) => p.data)].map(([data, own]) => {
      const names = new Map(own.map((p) => [p, new Set(p.models.map((m) => m.model))]));
      const longest = new Map();
      for (const pool of own.slice().sort((a, b) => a.models.length - b.models.length)) {
        const before = [...longest.keys()].filter((p) => p.models.length < pool.models.length && p.queries === pool.queries
          && [...names.get(p)].every((m) => names.get(pool).has(m)));
        longest.set(pool, [...(d3.greatest(before.map((p) => longest.get(p)), (c) => c.length) ?? []), pool]);
      }
      return { data, chain: d3.greatest([...longest.values()], (c) => c.length) };
    }).filter((each) => each.chain.length > 1);
  }

  function growth() {
    const grown = chains();
    if (!grown.length) {
      return;
    }
    const part = section('growth', 'Growing pools');
    for (const { data, chain } of grown) {
      const everywhere = methodsOf(chain.at(-1)).map((r) => r.method).filter((m) => chain.every((p) => line(p, m)));
      const series = (figure, lines) => lines.map((m) => ({ name: m, values: chain.map((p) => line(p, m)[figure]),
        role: m === OURS ? 'ours' : m === PUBLISHED ? 'published' : m === 'best-single' ? 'first' : m === 'oracle' ? 'second' : 'rest' }));
      const pair = part.append('div').attr('class', 'pair');
      const ticks = chain.map((p) => p.models.length);
      const names = chain.map((p) => p.name).join(', ');
      charts.steps(pair, { title: `${data}: quality of what is deployed`, caption: `${names}; the table below has the figures.`, ticks, yLabel: 'quality, %',
        label: `${data}: quality by number of models: ` + chain.map((p) => `${p.models.length}: ${charts.points(line(p, OURS).quality)} %`).join(', '),
        series: series('quality', ['oracle', 'best-single', ...everywhere]) });
      charts.steps(pair, { title: `${data}: AIQ`, caption: 'The one area that is the same for two models and more.', ticks, yLabel: 'AIQ, %',
        label: `${data}: AIQ by number of models: ` + chain.map((p) => `${p.models.length}: ${charts.points(line(p, OURS).aiq)} %`).join(', '),
        series: series('aiq', everywhere) });
      const shown = ['oracle', 'best-single', ...everywhere];
      table(part, `${data}: by number of models (quality %, AIQ, and the area that methods are compared by: AUC for two)`, [
        { name: 'method', of: (m) => m, left: true },
        ...chain.flatMap((p) => [
          { name: `${p.models.length}: quality`, of: (m) => line(p, m).quality, show: percent(2) },
          { name: `${p.models.length}: AIQ`, of: (m) => line(p, m).aiq, show: fixed(3) },
          { name: `${p.models.length}: ${two(p) ? 'AUC' : 'area'}`, of: (m) => line(p, m).area, show: percent(2) }]),
      ], shown, (m) => roleOfMethod({ method: m }));
    }
  }

  function times() {
    const part = section('times', 'Latency and training');
    const rows = [...d3.group(results.filter((r) => !missing(r.decisionMicrosP50)), (r) => r.method)].map(([method, own]) => ({
      method, p50: d3.median(own, (r) => r.decisionMicrosP50), p99: d3.median(own, (r) => r.decisionMicrosP99),
      train: d3.median(own, (r) => r.trainSeconds), longest: d3.max(own, (r) => r.trainSeconds) }));
    charts.intervals(part.append('div').attr('class', 'pair'), {
      title: 'Time of one decision', caption: 'Dot: p50; line: up to p99. Median over the pools, sentence embeddings apart, one thread.',
      label: 'Decision time by method: ' + rows.map((r) => `${r.method} ${fixed(1)(r.p50)} µs`).join(', '),
      log: true, xLabel: 'microseconds, log scale', format: fixed(1), rows: rows.slice().sort((a, b) => d3.ascending(a.p50, b.p50)).map((r) => ({
        name: r.method, value: r.p50, low: r.p50, high: r.p99, note: fixed(1)(r.p50), role: r.method === OURS ? 'ours' : 'first' })),
    });
    table(part, `Times of every method, median over ${plural(pools.length, 'pool')}`, [
      { name: 'method', of: (r) => r.method, left: true },
      { name: 'decision p50 µs', of: (r) => r.p50, show: fixed(1) },
      { name: 'p99 µs', of: (r) => r.p99, show: fixed(1) },
      { name: 'training s', of: (r) => r.train, show: fixed(2) },
      { name: 'longest training s', of: (r) => r.longest, show: fixed(2) },
    ], rows, roleOfMethod);
  }

  function losses() {
    const all = pools.flatMap((pool) => pool.tasks.map((task) => ({ ...task, pool: pool.name })))
      .filter((t) => !missing(t.difference)).sort((a, b) => d3.ascending(a.difference, b.difference));
    if (!all.length) {
      return;
    }
    const part = section('tasks', 'Where ours loses, by task');
    const lost = all.filter((t) => t.difference < 0).length;
    part.append('p').text(`Ours beside the best other method of each task, which is picked in hindsight: of ${plural(all.length, 'task')}`
      + ` on ${plural(pools.filter((p) => p.tasks.length).length, 'pool')}, ours is behind on ${lost}, level on`
      + ` ${all.filter((t) => t.difference === 0).length} and ahead on ${all.filter((t) => t.difference > 0).length}. Quality of the deployable decisions.`);
    const columns = [
      { name: 'task', of: (t) => t.task, left: true },
      { name: 'pool', of: (t) => t.pool, left: true },
      { name: 'queries', of: (t) => t.queries, show: fixed(0) },
      { name: 'ours %', of: (t) => t.ours, show: percent(2) },
      { name: 'best other', of: (t) => t.bestOther, left: true },
      { name: 'its quality %', of: (t) => t.bestOtherQuality, show: percent(2) },
      { name: 'difference', of: (t) => t.difference, show: gain },
    ];
    if (lost) {
      table(part, 'The worst tasks', columns, all.slice(0, Math.min(lost, WORST_TASKS)));
    }
    const rest = part.append('details');
    rest.append('summary').text(`All ${all.length} tasks`);
    table(rest, 'Every task, worst first', columns, all);
  }

  function ablations() {
    if (!ablation) {
      return;
    }
    const part = section('ablations', 'Ablations');
    part.append('p').text(`One step changed at a time; AUC gain over a random router in points, mean over ${plural(ablation.pools.length, 'pool')}.`);
    const pair = part.append('div').attr('class', 'pair');
    for (const [method, roleName] of [[OURS, 'ours'], [PUBLISHED, 'published']]) {
      const rows = ablation.rows.filter((r) => r.methods[method] && !missing(r.methods[method].aucGainOverRandom));
      if (rows.length) {
        charts.intervals(pair, { title: `Ablation of ${method}`, caption: '95 % intervals over queries.', xLabel: 'AUC gain over random, points',
          label: `Ablation of ${method}: ` + rows.map((r) => `${r.variant} ${gain(r.methods[method].aucGainOverRandom)}`).join(', '),
          rows: rows.map((r) => {
            const own = r.methods[method];
            return { name: r.variant, value: own.aucGainOverRandom, low: own.aucGainOverRandomCi?.low ?? null,
              high: own.aucGainOverRandomCi?.high ?? null, note: gain(own.aucGainOverRandom), role: roleName };
          }) });
      }
    }
    const difference = (r, m) => r.methods[m]?.differenceToStandard;
    const of = (m) => [
      { name: `${m}: gain`, of: (r) => r.methods[m]?.aucGainOverRandom, show: gain },
      { name: 'to standard', of: (r) => difference(r, m), show: gain },
      { name: '95 %', of: (r) => difference(r, m), show: (v, r) => {
        const ci = r.methods[m]?.differenceToStandardCi;
        return missing(ci?.low) ? '–' : between([ci.low, ci.high], 2);
      } }];
    table(part, 'Ablations: F1 of the tagger, and AUC gain with the difference to the standard', [
      { name: 'variant', of: (r) => r.variant, left: true },
      { name: 'F1 %', of: (r) => r.f1, show: percent(2) },
      ...of(OURS), ...of(PUBLISHED),
      { name: 'what it is', of: (r) => r.description, left: true, wide: true },
    ], ablation.rows);
  }

  function terms() {
    const list = section('terms', 'How to read this').append('dl').attr('class', 'terms');
    for (const [term, meaning] of [
      ['p', 'One-sided, from the paired bootstrap: that ours has no larger area than the method.'],
      ['p, Holm', `The same, corrected over those of the thirteen baselines in the table (${thirteen.join(', ') || 'none here'}).`],
      ['AR', 'Accept rate: the share of queries whose chosen answer no other candidate beats by more than the tie margin.'],
      ['uplift, saving', 'Against the best single model in hindsight.'],
      ['AUC, PAUC', 'Area under AR over the share of queries sent to the dearer of two models; its part above the better single model.'],
      ['area', 'Three models and more: area under quality over cost, cost scaled to the range from the cheapest to the dearest single model.'],
      ['gain', 'Area above that of a random router, in points.'],
      ['APGR', '(AUC − AUC weak) / (AUC strong − AUC weak), of AR; empty where the dearer model is not the better.'],
      ['CPT p', 'The smallest share of calls to the dearer model at which p % of the gap between the two is recovered.'],
      ['AIQ', 'Area under the non-decreasing convex hull of quality over cost, divided by the range of costs.'],
      ['S', '1.1 A C / (0.1 A + C), A the quality, C = (log2 200 − log2 USD per 1,000 queries) / (log2 200 − log2 0.0044).'],
      ['gap to oracle', '(oracle − quality) / oracle; the oracle takes the cheapest among the best answers of each query.'],
      ['2m', 'A method of two models on a larger pool: it routes between the best and the cheapest single model of the training folds.'],
      ['deployable', 'Every setting and theta chosen on validation folds; the swept curve shows what hindsight could choose.'],
    ]) {
      list.append('dt').text(term);
      list.append('dd').text(meaning);
    }
  }

  d3.select('#run').text(Object.entries(run).map(([name, value]) => `${name} ${value}`).join(' · '));
  [overview, sets, everyPool, growth, times, losses, ablations, terms].forEach((write) => write());
  // Paper shows no closed parts.
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach((each) => { each.open = false; }));
})();
