package dev.sluice.plugins.canary;

import dev.sluice.api.admin.ApiError;
import dev.sluice.plugins.canary.Course.Phase;
import dev.sluice.plugins.canary.State.End;

/** What can be done with a rollout. What makes no sense is refused with 409 and why. */
enum Moves {
  /** To the next stage; from the last one, and without stages, to all requests. */
  PROMOTE {
    @Override
    State of(Course course, State state, Cause cause) {
      Phase phase = course.phase(state, cause.now());
      refuse(state.rolledBack(), "it is rolled back; resume it first");
      refuse(course.config().byGroups(), "groups decide who goes to the canary: there is no share to raise");
      refuse(phase == Phase.DONE && course.share(state, cause.now()) >= 1, "all requests go to the canary already");
      State next = course.stages() > 0 && !course.lastStage(state)
          ? state.atStage(state.stage() + 1, cause.now())
          : state.resumedAt(cause.now()).ended(End.PROMOTED);
      return next.counting(cause.now());
    }
  },

  /** To the next stage since the time of this one is over. */
  ADVANCE {
    @Override
    State of(Course course, State state, Cause cause) {
      refuse(!course.due(state, cause.now()), "no stage is due");
      return state.atStage(state.stage() + 1, cause.now()).counting(cause.now());
    }
  },

  /** The share stays as it is. */
  PAUSE {
    @Override
    State of(Course course, State state, Cause cause) {
      Phase phase = course.phase(state, cause.now());
      refuse(state.rolledBack(), "it is rolled back");
      refuse(phase == Phase.PAUSED, "it is paused already");
      refuse(phase == Phase.DONE, "it is done: nothing goes on that could be paused");
      refuse(phase == Phase.APPROVAL, "it waits for an approval already");
      refuse(phase == Phase.FIXED || phase == Phase.BY_GROUPS, "its share does not grow by itself: there is nothing to pause");
      return state.pausedFrom(cause.now());
    }
  },

  /** On from where it was paused; what was rolled back begins its stage anew, and a ramp goes on from its share. */
  RESUME {
    @Override
    State of(Course course, State state, Cause cause) {
      long now = cause.now();
      if (state.rolledBack()) {
        State back = course.stages() > 0 ? state.atStage(state.stage(), now) : state.resumedAt(now).ended(End.NONE);
        return back.counting(now);
      }
      refuse(
          course.phase(state, now) == Phase.APPROVAL, "it is not paused but waits for an approval: promote it");
      refuse(!state.paused(), "it is not paused");
      State on = state.resumedAt(now);
      // What the gate has seen so far would make it stop at once again.
      return state.by().equals(State.BY_GATE) ? on.counting(now) : on;
    }
  },

  /** Nobody goes to the canary any more. */
  ROLLBACK {
    @Override
    State of(Course course, State state, Cause cause) {
      refuse(state.rolledBack(), "it is rolled back already");
      return state.pausedFrom(cause.now()).ended(End.ROLLED_BACK);
    }
  },

  /** The gate stops it, whatever it does. */
  HALT {
    @Override
    State of(Course course, State state, Cause cause) {
      refuse(state.end() != End.NONE, "it is over");
      return state.pausedFrom(cause.now());
    }
  };

  /** The state afterwards. */
  abstract State of(Course course, State state, Cause cause);

  /** What it is called in the ledger. */
  String action() {
    return switch (this) {
      case PROMOTE -> "promote";
      case ADVANCE -> "stage";
      case PAUSE, HALT -> "pause";
      case RESUME -> "resume";
      case ROLLBACK -> "rollback";
    };
  }

  /** The state afterwards, with who has decided it. */
  State move(Course course, State state, Cause cause) {
    return of(course, state, cause).by(cause);
  }

  private static void refuse(boolean refused, String why) {
    if (refused) {
      throw ApiError.of(409, why);
    }
  }
}
