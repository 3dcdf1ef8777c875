import { startTwoProxies } from '../participants/testing/two-proxies.ts';
import { beginAll, checkAll, endAll, planMeetings, visitAll } from './crowd.ts';
import { Progress } from './progress.ts';
import { renderReport } from './render-report.ts';
import { reportOf } from './report.ts';

const n = Number(process.argv[2] ?? 300);
const signal = new AbortController().signal;
const p = new Progress();
const fleet = await startTwoProxies();
p.say('fleet up');
const cpu = () => {
  const u = process.cpuUsage();
  return ((u.user + u.system) / 1e6).toFixed(2) + ' s cpu, rss ' + ((process.memoryUsage().rss / 1e6) | 0);
};
try {
  const ms = planMeetings('Load', n, fleet.proxies);
  p.say('start ' + cpu());
  await beginAll(ms, (k) => p.count(() => `${k} rooms`), signal);
  p.say('joined ' + cpu());
  const checks = await checkAll(ms, signal);
  p.say('checked ' + cpu());
  await fleet.kill(0);
  p.say('killed');
  await new Promise((r) => setTimeout(r, 5000));
  p.say('5 s after kill ' + cpu());
  checks.push(...(await checkAll(ms, signal)));
  p.say('checked ' + cpu());
  await fleet.launch(0);
  const un = await visitAll(ms, signal);
  p.say('visited ' + un.length + ' ' + cpu());
  if (!process.env.QUICK) await new Promise((r) => setTimeout(r, 10000));
  p.say('idle 10 s ' + cpu());
  console.log(renderReport(reportOf(ms, checks)));
  await endAll(ms);
  p.say('ended ' + cpu());
} finally {
  await fleet.close();
}
