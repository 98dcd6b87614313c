/** What the commands under `pharos alert` share. */
import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import type { Scene } from './open-model.ts';

export interface AlertContext extends CommandContext {
  /** The settings, those given before the name of the inner command too. */
  readonly scene: (own: Command) => Promise<Scene>;
  readonly asJson: (own: Command) => boolean;
}
