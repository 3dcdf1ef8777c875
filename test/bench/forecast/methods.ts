import { History } from '../../../orchestrator/scaling/forecast/history.ts';
import { Outlook } from '../../../orchestrator/scaling/forecast/outlook.ts';
import { stepMs, stepOf } from '../../../orchestrator/scaling/forecast/step.ts';
import { dyteMean } from '../../../orchestrator/scaling/policies/dyte-predictive.ts';
import { calendarOf, calendarRegression } from '../../../orchestrator/scaling/policies/linear-regression.ts';
import { banded } from './banded.ts';
import { holtWinters } from './holt-winters.ts';
import { ahead, level, type Method } from './method.ts';

/** Every method by name, made anew for each trace. */
export const methods: Readonly<Record<string, () => Method>> = {
  'seasonal-increment': seasonalIncrement,
  persistence: () => banded({ next: (_, load) => ({ mean: load }) }),
  'double-seasonal-holt-winters': () =>
    banded(holtWinters({ level: 0.02, day: 0.15, week: 0.15, residual: 0.93 })),
  dyte: () => banded(dyte()),
  'linear-regression': () => banded(linearRegression()),
};

function seasonalIncrement(): Method {
  const history = new History();
  const outlook = new Outlook({ from: ahead, to: ahead }, [level]);
  return {
    next(wallMs, load) {
      history.observe(stepOf(wallMs), load);
      outlook.step(history, true);
      return { mean: outlook.mean() ?? load, high: outlook.quantile(level) ?? load };
    },
  };
}

function dyte(): Method {
  const loads = new Map<number, number>();
  return {
    next(wallMs, load) {
      const step = stepOf(wallMs);
      loads.set(step, load);
      loads.delete(step - 3000);
      // It counts from the slot that has just begun.
      return { mean: dyteMean((slot) => loads.get(slot), step + 1, [0.6, 0.2, 0.2]) ?? load };
    },
  };
}

function linearRegression(): Method {
  const regression = calendarRegression();
  let steps = 0;
  return {
    next(wallMs, load) {
      regression.observe(calendarOf(wallMs), load);
      if (steps % 288 === 0) regression.solve();
      steps += 1;
      return { mean: Math.max(0, regression.predict(calendarOf(wallMs + ahead * stepMs))) };
    },
  };
}
