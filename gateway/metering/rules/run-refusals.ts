/** Why a step of a billing run is refused: one table of codes and words. */
import type { Words } from './words.ts';

const REFUSALS = {
  alreadyClosed: words(
    '本期账单已结账，不能再改；更正请做修订',
    'the run is closed and never changes: correct it by a revision',
  ),
  notClosed: words('本期账单尚未结账', 'the run is not closed'),
  notDrafted: words('尚未生成账单草稿', 'the run has not been drafted'),
  notChecked: words('草稿尚未核对', 'the draft has not been checked'),
  notExported: words('账单尚未导出', 'the run has not been exported'),
  stale: words('草稿在核对之后已重新生成，请重新查看', 'the run has been drafted again since: look at it again'),
  outdated: words(
    '草稿之后同能源又有账单结账，期初可能已变，请重新生成草稿',
    'another run of the utility has been closed since this was drafted, and may have moved where it begins or ends: draft it again',
  ),
  notOver: words('账期尚未结束', 'the period is not over'),
  blocked: words('有未处理的问题，不能结账', 'there are findings that must be settled first'),
  alreadyBilled: words(
    '该账期已结账，同一用量不能计费两次',
    'the period is billed already, and nothing is billed twice',
  ),
  laterClosed: words(
    '后面的账期已结账，其中已含本期用量',
    'a later period is closed, and has what was used in this one',
  ),
  noSuchFinding: words('草稿中没有这个问题', 'the draft has no such finding'),
  notAcceptable: words(
    '该问题须先处理读数或表计档案，不能仅凭备注接受',
    'settle the reading or mend the registry: a note is not enough',
  ),
  noteRequired: words('必须填写原因', 'a note is required: why'),
  exportDiffers: words('再次导出的内容与首次不同', 'this export differs from the first one'),
  otherManifest: words('确认的清单与导出的不一致', 'that is not the manifest that was exported'),
  stillOpen: words(
    '账单未结账，直接改草稿即可，不需更正',
    'the run is open: mend the draft, there is nothing to correct',
  ),
  noSuchLine: words(
    '账单中没有这一行（行以最早那块表的表号命名）',
    'the run has no such line (a line has the number of its oldest meter)',
  ),
  lineReplaced: words(
    '该行已被后来的修订替换，请更正最新的修订',
    'a later revision has replaced the line: correct that one',
  ),
} as const satisfies Record<string, Words>;

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal extends Words {
  readonly code: RefusalCode;
  /** What it is about: keys of findings, ids of runs, chains. */
  readonly about: readonly string[];
}

export function refuse(
  code: RefusalCode,
  about: readonly string[] = [],
): { readonly ok: false; readonly refusal: Refusal } {
  const { zh, en } = REFUSALS[code];
  const which = about.length > 0 ? about.join(', ') : null;
  const refusal = which === null ? { zh, en } : { zh: `${zh}：${which}`, en: `${en}: ${which}` };
  return { ok: false, refusal: { code, about, ...refusal } };
}

function words(zh: string, en: string): Words {
  return { zh, en };
}
