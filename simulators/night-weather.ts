import { z } from 'zod'

/** The weather as a person says it; every sensor of the simulated PLC that feels it then agrees. */
export const weatherSchema = z.strictObject({
  rainMmH: z.number().nonnegative().optional(),
  windMs: z.number().nonnegative().optional(),
  humidityPercent: z.number().min(0).max(100).optional(),
  skyTemperatureC: z.number().optional(),
  power: z.enum(['mains', 'battery']).optional(),
})

type Change = { device_name: string; value_name: string; value: number }

const stations = ['WXT520', 'VantagePro']
const ofStations = (value_name: string, value: number): Change[] =>
  stations.map((device_name) => ({ device_name, value_name, value }))

const rain = (rainMmH: number): Change[] => [
  ...ofStations('RainRate', rainMmH),
  { device_name: 'DRD11', value_name: 'analog', value: rainMmH > 0 ? 1.6 : 3 },
  { device_name: 'DRD11', value_name: 'digital', value: rainMmH > 0 ? 0 : 1 },
]

/** Dew point by Magnus's formula at the demonstration's 12.5 °C. */
const dewPointC = (humidityPercent: number): number => {
  const gamma = Math.log(Math.max(1, humidityPercent) / 100) + (17.625 * 12.5) / (243.04 + 12.5)
  return Math.round(((243.04 * gamma) / (17.625 - gamma)) * 10) / 10
}

/** As entries for the simulated PLC. */
export const plcChangesOf = (weather: z.output<typeof weatherSchema>): Change[] => {
  const { rainMmH, windMs, humidityPercent, skyTemperatureC, power } = weather
  return [
    ...(rainMmH === undefined ? [] : rain(rainMmH)),
    ...(windMs === undefined ? [] : ofStations('WindSpeed', windMs)),
    ...(humidityPercent === undefined
      ? []
      : [
          ...ofStations('OutsideHumidity', humidityPercent),
          ...ofStations('DewPoint', dewPointC(humidityPercent)),
        ]),
    ...(skyTemperatureC === undefined
      ? []
      : [{ device_name: 'MLX90614-1', value_name: 'SkyTemperature', value: skyTemperatureC }]),
    ...(power === undefined
      ? []
      : [{ device_name: 'UPS', value_name: 'OnBattery', value: power === 'battery' ? 1 : 0 }]),
  ]
}
