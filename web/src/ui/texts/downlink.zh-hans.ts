import type { DeviceMessage, MessageTone } from '@app/shared';

/** 下行：给终端发文本、询问位置、临时跟踪。 */
export const downlinkHans = {
  title: '终端下行',
  none: '该巡组没有部标终端',
  terminal: '终端',
  text: '文本内容',
  send: '发送',
  urgent: '紧急',
  ask: '询问位置',
  follow: '跟踪',
  stop: '停止跟踪',
  followFor: '跟踪时长',
  toneOf: '语气',
  otherCommand: '该巡组由本中心以外的指挥机构领导：只能商请或通报，不能询问位置或跟踪。',
  noMessages: '还没有下行消息',
  never: '从未上报',
  sent: '内容不留存，只记录发送与应答时间。',
  minutes: (n: number) => `${n} 分钟`,
  seen: (age: string) => `最近上报 ${age}`,
  failed: (why: string) => `终端未执行（${why}）`,
  tone: { request: '商请', inform: '通报' } satisfies Record<MessageTone, string>,
  kind: { text: '文本', query: '询问位置', track: '跟踪' } satisfies Record<DeviceMessage['kind'], string>,
  state: {
    waiting: '排队中',
    sent: '已发送',
    answered: '终端已应答',
    lapsed: '未送达：终端不在线',
  } satisfies Record<DeviceMessage['state'], string>,
  why: ['失败', '消息有误', '不支持'],
};
