/** Why what a clerk asks for is refused: one table of codes and words. */
import type { Words } from '../rules/words.ts';

const REFUSALS = {
  unknownMeter: words('没有这块表', 'there is no such meter'),
  unknownHome: words('没有这个住户', 'there is no such home'),
  unknownReading: words('没有这条读数', 'there is no such reading'),
  alreadySettled: words('该读数不是待处理的可疑读数', 'the reading is not in doubt, or is settled already'),
  badReading: words('读数不合要求', 'that is no reading of this meter'),
  implausible: words(
    '读数与前后读数不符；确认无误请加 confirmed',
    'the value does not fit those around it; if it is right all the same, say `confirmed`',
  ),
  noEstimate: words('没有可依据的历史用量，请给出估计值', 'there is no earlier use to estimate by: give the value'),
  notRead: words('该表不自动抄读', 'nothing reads this meter'),
  noAnswer: words('表计没有应答', 'the meter gave no value'),
} as const satisfies Record<string, Words>;

export type DeskCode = keyof typeof REFUSALS;

export interface DeskRefusal extends Words {
  readonly code: DeskCode;
}

export type DeskRefused = { readonly ok: false; readonly refusal: DeskRefusal };

/** `why`: what exactly, in both languages. */
export function refuse(code: DeskCode, why?: Words): DeskRefused {
  const { zh, en } = REFUSALS[code];
  const said = why ? { zh: `${zh}：${why.zh}`, en: `${en}: ${why.en}` } : { zh, en };
  return { ok: false, refusal: { code, ...said } };
}

function words(zh: string, en: string): Words {
  return { zh, en };
}
