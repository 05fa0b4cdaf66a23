import type { Instruction } from '@app/shared';
import { fetchInstructions, type InstructionBox } from '../../link/instructions.js';
import { type Fetched, useFetched } from '../../link/use-fetched.js';
import { useWall } from '../../store/wall.store.js';

const BOX_MS = 30_000;

/** A box of instructions, read again when the live picture says that one of them has moved. */
export function useBox({ centre, box, isOpen }: InstructionBox, isAsked = true): Fetched<Instruction[]> {
  const mark = useWall((wall) =>
    [...wall.instructions.values()]
      .filter(({ from, to }) => (box === 'sent' ? from : to) === centre)
      .reduce((sum, { version }) => sum + version, wall.instructions.size * 1000),
  );
  return useFetched({
    subject: isAsked ? `${centre} ${box} ${isOpen}` : undefined,
    mark,
    everyMs: BOX_MS,
    read: (signal) => fetchInstructions({ centre, box, isOpen }, signal),
  });
}
