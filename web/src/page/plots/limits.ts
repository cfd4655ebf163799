/** Limits of channels: what the rules that judged them said. */
import type { Scene, VerdictRow } from '../../flight/scene';

/** How many of a channel's units (SI) one of a rule's units is. */
const SI: Readonly<Record<string, number>> = {
  km: 1000, kPa: 1000, min: 60, h: 3600, 'km/s': 1000, deg: Math.PI / 180, 'kW/m2': 1000, '%': 0.01,
};

export interface Limit {
  /** In the channel's unit. */
  readonly value: number;
  readonly verdict: VerdictRow;
}

/** A rule judges the worst of the crew; its limit holds for everybody's channel of that kind. */
function sameKind(channel: string, evidence: string, people: ReadonlySet<string>): boolean {
  const kind = (name: string): string => name.split('.').map((part) => (people.has(part) ? '*' : part)).join('.');
  return kind(channel) === kind(evidence);
}

export function limitsOf(scene: Scene | null, channel: string): Limit[] {
  if (!scene) return [];
  const people = new Set(scene.people.map((person) => person.id));
  return scene.verdicts.flatMap((verdict) => {
    if (verdict.limit === undefined || !sameKind(channel, verdict.evidence, people)) return [];
    const factor = /_rad$/.test(channel) || verdict.unit !== 'deg' ? SI[verdict.unit ?? ''] ?? 1 : 1;
    return [{ value: verdict.limit * factor, verdict }];
  });
}

export const valueLimits = (scene: Scene | null, channel: string): number[] =>
  limitsOf(scene, channel).map((limit) => limit.value);
