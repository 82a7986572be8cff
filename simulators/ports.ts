/** Where each simulated device listens unless told otherwise: PYROS's ports (P22). */
export const simulatorPorts = {
  telescope: 5000,
  cameraVis: 5001,
  cameraNir: 5002,
  plc: 5003,
  dome: 5004,
  /** Where VTP brokers let subscribers in by custom. */
  alerts: 8099,
} as const
