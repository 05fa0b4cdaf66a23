import type { AsideWord, ErrorCode, Picture, Roster } from '@app/shared';
import type { CaughtUp, Sight } from './freshness.js';
import type { PictureChange } from './scope-chain.js';

/** Who is told what comes over a link. */
export interface LinkListener {
  picture(picture: Picture, change: PictureChange): void;
  /** `provenAt`: the last moment at which the picture was proven, by the server's clock (ms). */
  sight(sight: Sight, provenAt: number | null): void;
  caughtUp(caughtUp: CaughtUp): void;
  /** The picture was not the server's and has been asked for anew; counted since the start. */
  repaired(count: number): void;
  /** Since when positions stand still by the server's clock (ms), while the picture is proven; null: they move. */
  still(since: number | null): void;
  roster(roster: Roster): void;
  frame(bytes: Uint8Array<ArrayBuffer>): void;
  /** An ephemeral word of a colleague, or this screen's own coming back. */
  aside?(word: AsideWord): void;
  /** The server refuses this screen: the session has ended or the page is of another version. */
  refused(code: ErrorCode): void;
}
