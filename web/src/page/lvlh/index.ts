export { Lvlh } from './lvlh';
