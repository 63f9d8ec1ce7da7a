/** Why something that is asked of billing is refused, besides what the rules refuse: one table of codes and words. */
import type { Refusal, RefusalCode } from '../rules/run-refusals.ts';
import type { Words } from '../rules/words.ts';

const OWN = {
  unknownRun: words('没有这个账单', 'there is no such run'),
  unknownPeriod: words('账期写作 2026-11', 'a period is named as 2026-11'),
  drafting: words('该账单正在生成草稿，请稍候', 'the run is being drafted: wait for it'),
  nothingToBill: words('该能源没有可计费的表', 'there is no meter of this utility to bill in the period'),
  noSuccessor: words(
    '档案中没有可接替所更正行的表',
    'the tables have no meter to bill in the period instead of what is to be corrected',
  ),
  notOnFile: words('没有这个导出文件', 'the run has no such file'),
} as const satisfies Record<string, Words>;

export type BillingCode = RefusalCode | keyof typeof OWN;

export interface BillingRefusal extends Words {
  readonly code: BillingCode;
  /** What it is about: keys of findings, ids of runs, chains. */
  readonly about: readonly string[];
}

export type Refused = { readonly ok: false; readonly refusal: BillingRefusal };

export function refuseOwn(code: keyof typeof OWN, about: readonly string[] = []): Refused {
  const { zh, en } = OWN[code];
  const which = about.join(', ');
  const said = which === '' ? { zh, en } : { zh: `${zh}：${which}`, en: `${en}: ${which}` };
  return { ok: false, refusal: { code, about, ...said } };
}

/** What the rules refuse is one of these as it is. */
export function refusedBy(refusal: Refusal): Refused {
  return { ok: false, refusal };
}

function words(zh: string, en: string): Words {
  return { zh, en };
}
