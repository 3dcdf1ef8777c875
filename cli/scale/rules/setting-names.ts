/** The settings as the command line calls them, and as the API does. */
export const settingNames = {
  min: 'min',
  max: 'max',
  policy: 'policy',
  'bridge-mbps': 'bridgeMbps',
  'mbps-per-participant': 'mbpsPerParticipant',
  'time-zone': 'timeZone',
} as const;
