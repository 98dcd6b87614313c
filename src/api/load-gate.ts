/**
 * Lets so many searches be under way at once and refuses the rest at the door. A search is computing and not waiting,
 * so more of them at once are not answered sooner, only all of them later; whoever is told so in a millisecond can ask
 * again or elsewhere.
 */
import type { RequestHandler } from 'express';
import { AppError } from '../fault/app-error.ts';

export class LoadGate {
  readonly #most: number;
  #underWay = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get underWay(): number {
    return this.#underWay;
  }

  /** SERVER_BUSY. A search is under way until its answer has gone out or its caller has gone away. */
  get handler(): RequestHandler {
    return (_request, response, next) => {
      if (this.#underWay >= this.#most) throw new AppError('SERVER_BUSY');
      this.#underWay++;
      response.once('close', () => {
        this.#underWay--;
      });
      next();
    };
  }
}
