import type { Forecast } from '../../forecast/forecaster.ts';

/** Up to where the load may rise, in hundredths of a bridge's. */
export interface ExpectedLoad {
  readonly within5: number;
  readonly within25: number;
  readonly within30: number;
  /** It has left the forecast's band. */
  readonly isSurge: boolean;
}

/** Where nothing is forecast: a band of so much above the load. */
const widest = { share: 0.3, more: 20 };
/** In a surge the load is taken to rise as in the last minutes for so long. */
const surgeMinutes = 10;

/**
 * What the load is expected not to exceed: the forecast; and when the load has left its band, the last minutes' rise
 * carried on (surge guard).
 *
 * @param slope of the load per minute
 */
export function expectLoad(load: number, slope: number | undefined, forecast: Forecast): ExpectedLoad {
  const band = load * (1 + widest.share) + widest.more;
  const { within5 = band, within25 = band, within30 = band } = forecast;
  const isSurge = forecast.band25 !== undefined && load >= forecast.band25;
  const rise = isSurge ? Math.max(0, slope ?? 0) * surgeMinutes : 0;
  return {
    within5: Math.max(within5, load + rise / 2),
    within25: Math.max(within25, load + rise),
    within30: Math.max(within30, load),
    isSurge,
  };
}
