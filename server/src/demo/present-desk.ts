import { Injectable } from '@nestjs/common';
import { type DutyShift, EQUIPMENT, type Instruction, type LogDraft } from '@app/shared';
import type { Caller } from '../access/caller.js';
import { AdvanceDutyShift } from '../desk/advance-duty-shift.js';
import { AdvanceInstruction } from '../desk/advance-instruction.js';
import { BeginDutyShift } from '../desk/begin-duty-shift.js';
import { SendInstructions } from '../desk/send-instructions.js';
import { WriteDutyLog } from '../desk/write-duty-log.js';
import type { Cast, Post } from './present-cast.js';
import type { Story } from './present-story.js';

/** The use cases of a duty desk. */
@Injectable()
export class DeskDeeds {
  constructor(
    readonly begin: BeginDutyShift,
    readonly advance: AdvanceDutyShift,
    readonly log: WriteDutyLog,
    readonly send: SendInstructions,
    readonly instruct: AdvanceInstruction,
  ) {}
}

/** Minutes ago: when the shift before began, was signed away, and was taken over. */
const BEGAN = 515;
const SIGNED = 39;
const TAKEN = 35;

type Line = readonly [ago: number, kind: LogDraft['kind'], text: string];

const LOGS: Readonly<Record<'city' | 'county' | 'town' | 'community', readonly Line[]>> = {
  city: [
    [505, 'note', '接班，系统、电台、大屏正常。'],
    [440, 'call', '气象台通报：今日偏西风6级，阵风8级，注意高空坠物。'],
    [330, 'inspection', '视频巡查雄关广场、关城景区、方特，秩序正常。'],
    [255, 'order', '市里要求加强学校周边高峰时段巡防，已转各街道。'],
    [120, 'equipment', '2号电台信道有杂音，已报修。'],
    [60, 'matter', '跟进井盖缺失督办件，今日内反馈。'],
    [30, 'note', '接班后逐件核对未结事项，与前班一致。'],
    [7, 'call', '燃气公司来电：现场检测正常，等待最后一次复测。'],
  ],
  county: [
    [500, 'note', '接班，人员到岗。'],
    [345, 'inspection', '抽查三个社区值班情况，均在岗。'],
    [200, 'call', '市中心来电核实燃气值守安排。'],
    [90, 'matter', '供水管爆裂事件，施工队预计今日完成，完成后回访住户。'],
    [28, 'note', '接班，核对未结事件和督办件。'],
  ],
  town: [
    [490, 'note', '接班。'],
    [390, 'note', '电梯配件已由物业下单，告示已张贴。'],
    [26, 'call', '小区来电说明烟花情况，请其先核实。'],
  ],
  community: [
    [480, 'note', '接班，巡查楼道。'],
    [300, 'note', '已劝导商铺调低音响。'],
    [24, 'note', '接班，与前班当面交接钥匙和台账。'],
  ],
};

/** A shift that was handed over and one that is on, at each of the four desks, and what was written meanwhile. */
export function tellShifts(story: Story, cast: Cast, deeds: DeskDeeds): void {
  for (const level of ['city', 'county', 'town', 'community'] as const)
    tellDesk(story, deeds, cast[level], {
      before: cast.before.get(cast[level].centre.id),
      lines: LOGS[level],
    });
}

function tellDesk(
  story: Story,
  deeds: DeskDeeds,
  { by }: Post,
  { before, lines }: { before: Caller | undefined; lines: readonly Line[] },
): void {
  if (!before) throw new Error(`nobody had the shift before ${by.name}`);
  let shift: DutyShift | undefined;
  const stands = () => {
    if (!shift) throw new Error('the story tells of a shift before it began');
    return { id: shift.id, version: shift.version };
  };
  story.add(BEGAN, async (key) => {
    shift = await deeds.begin.run({ dueAt: story.at(TAKEN) }, before, key);
  });
  const equipment = EQUIPMENT.map((name) =>
    name === 'radio' && by.role === 'duty'
      ? { key: name, ok: false, note: '2号电台信道有杂音，已报修' }
      : { key: name, ok: true },
  );
  story.add(SIGNED, async (key) => {
    const { id, version } = stands();
    const step = { version, equipment, notes: '未结事项见清单，重点跟进督办件。' };
    shift = await deeds.advance.run({ id, action: 'sign', step, address: '' }, before, key);
  });
  story.add(TAKEN, async (key) => {
    const { id, version } = stands();
    await deeds.advance.run({ id, action: 'take', step: { version }, address: '' }, by, key);
  });
  for (const [ago, kind, text] of lines)
    story.add(ago, async (key) => {
      await deeds.log.run({ kind, text }, ago > TAKEN ? before : by, key);
    });
}

/** Instructions from the city and the county: answered, signed for, not yet signed for, and one that is late. */
export function tellInstructions(story: Story, cast: Cast, { send, instruct }: DeskDeeds): void {
  const { city, county, town, other } = cast;
  const wind = sent(story, send, city, {
    ago: 230,
    to: [county, other],
    text: '大风蓝色预警：请各街道今日内巡查户外广告牌和临时围挡，发现隐患立即处置。',
    due: -240,
  });
  answer(story, instruct, county, {
    of: wind,
    ago: [220, 75],
    text: '已巡查主次干道广告牌46处，加固3处，拆除1处。',
  });
  answer(story, instruct, other, { of: wind, ago: [205] });
  const stock = sent(story, send, city, { ago: 300, to: [other], text: '报送应急物资台账。', due: 40 });
  answer(story, instruct, other, { of: stock, ago: [280] });
  sent(story, send, city, {
    ago: 20,
    to: [county],
    text: '燃气处置现场请安排专人值守，复测结束前不得撤离。',
    due: -120,
  });
  const school = sent(story, send, county, {
    ago: 180,
    to: [town],
    text: '高峰时段安排两人到学校门口协助疏导。',
    due: -60,
  });
  answer(story, instruct, town, { of: school, ago: [170] });
}

type Sent = ReadonlyMap<string, Instruction>;

function sent(
  story: Story,
  send: SendInstructions,
  from: Post,
  { ago, to, text, due }: { ago: number; to: readonly Post[]; text: string; due: number },
): Sent {
  const items = new Map<string, Instruction>();
  story.add(ago, async (key) => {
    const draft = { to: to.map(({ centre }) => centre.id), text, dueAt: story.at(due) };
    for (const item of (await send.run(draft, from.by, key)).items) items.set(item.to, item);
  });
  return items;
}

function answer(
  story: Story,
  instruct: AdvanceInstruction,
  { centre, by }: Post,
  { of, ago, text }: { of: Sent; ago: readonly [number, number?]; text?: string },
): void {
  let item: Instruction | undefined;
  const step = async (action: 'sign' | 'answer', said: object, key: string) => {
    item ??= of.get(centre.id);
    if (!item) throw new Error(`nothing was sent to ${centre.name}`);
    item = await instruct.run({ id: item.id, action, step: { version: item.version, ...said } }, by, key);
  };
  const [signed, answered] = ago;
  story.add(signed, (key) => step('sign', {}, key));
  if (answered !== undefined) story.add(answered, (key) => step('answer', { text }, key));
}
