/** Characters of what somebody gives as a reason, or says beside an answer. */
export const REASON_CHARS = 500;
