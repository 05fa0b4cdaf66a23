import {
  Instruction,
  type InstructionAction,
  type InstructionDraft,
  InstructionsSent,
  type InstructionStep,
  pageOf,
} from '@app/shared';
import { ask } from './http.js';

const InstructionPage = pageOf(Instruction);

export interface InstructionBox {
  readonly centre: string;
  readonly box: 'received' | 'sent';
  readonly isOpen: boolean;
}

/** The newest instructions of a box. @throws HttpFault */
export const fetchInstructions = async (
  { centre, box, isOpen }: InstructionBox,
  signal?: AbortSignal,
): Promise<Instruction[]> => {
  const query = new URLSearchParams({ centre, box, limit: '200', ...(isOpen ? { open: 'true' } : {}) });
  return (await ask(`/api/instructions?${query}`, InstructionPage, signal ? { signal } : {})).items;
};

/** The same key never sends twice. @throws HttpFault */
export const sendInstructions = (body: InstructionDraft, key: string): Promise<InstructionsSent> =>
  ask('/api/instructions', InstructionsSent, { method: 'POST', body, key });

/** @throws HttpFault `instruction.stale` with what stands now in its detail, and others */
export const stepInstruction = (
  id: string,
  action: InstructionAction,
  body: InstructionStep,
): Promise<Instruction> => ask(`/api/instructions/${id}/${action}`, Instruction, { method: 'POST', body });
