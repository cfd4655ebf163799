export { Telemetry } from './telemetry';
