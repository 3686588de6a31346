import type { AttachContext, Service } from './attachment.ts';
import type { RheaSender } from './rhea.ts';

/** A link on which answers of `$cbs` or `$management` go out. */
export const takeReplies = ({ replies }: AttachContext, sender: RheaSender): Service => ({
  start: () => {
    replies.add(sender);
    sender.on('sender_close', () => replies.remove(sender));
  },
});
