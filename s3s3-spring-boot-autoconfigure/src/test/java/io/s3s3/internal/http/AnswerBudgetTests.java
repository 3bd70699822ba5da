package io.s3s3.internal.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

import io.s3s3.internal.http.AnswerBudget.Stage;
import io.s3s3.internal.http.PendingIo.Waiting;
import io.s3s3.internal.io.AbandonedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The queue for a connection takes from the time of the answer. Whether that time was
 * enough decides who is to blame when it runs out.
 */
class AnswerBudgetTests {

	@Test
	void aLocationThatHadMostOfTheTimeIsToBlame() {
		AnswerBudget budget = queued(Duration.ofHours(1));
		assertThat(waiting(budget).exceeded()).isInstanceOf(SocketTimeoutException.class)
			.hasMessage("No answer within 3600000 ms");
		assertThat(budget.answerTo(1, 0).exceeded()).isInstanceOf(SocketTimeoutException.class);
	}

	@Test
	void aQueueThatTookUpTheTimeIsNotTheLocations() {
		AnswerBudget budget = queued(Duration.ofMillis(60));
		assertThat(waiting(budget).exceeded()).hasCauseInstanceOf(AbandonedException.class);
		assertThat(budget.answerTo(1, 0).exceeded()).hasCauseInstanceOf(AbandonedException.class);
	}

	private static AnswerBudget queued(Duration untilAnswer) {
		AnswerBudget budget = new AnswerBudget(Duration.ofHours(2), untilAnswer, false);
		long since = budget.begin().since();
		while (System.nanoTime() - since < Duration.ofMillis(60).toNanos()) {
			Thread.onSpinWait();
		}
		return budget;
	}

	private static Waiting waiting(AnswerBudget budget) {
		budget.cameTo(Stage.CONNECTION);
		Waiting waiting = budget.leased();
		assertThat(waiting).isNotNull();
		return waiting;
	}

}
