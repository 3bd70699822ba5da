package io.s3s3.internal.consistency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

class TurnsTests {

	private final AtomicInteger left = new AtomicInteger();

	private final AtomicInteger taken = new AtomicInteger();

	private final Deque<Throwable> errors = new ArrayDeque<>();

	@AutoClose
	private final Turns turns = new Turns("s3s3-turns-test", this::turn, () -> (this.left.get() > 0) ? 1 : -1);

	@Test
	void takesTurnsWhileThereIsSomethingToDoWhateverTheyThrow() {
		this.errors.add(new IllegalStateException("failed"));
		this.errors.add(new NoClassDefFoundError());
		this.errors.add(new StackOverflowError());
		this.left.set(5);

		this.turns.begin();

		Awaitility.await().untilAsserted(() -> assertThat(this.taken).hasValue(5));
		Awaitility.await().until(() -> ReflectionTestUtils.getField(this.turns, "executor") == null);
		this.turns.begin();
		this.left.set(2);
		this.turns.begin();
		Awaitility.await().untilAsserted(() -> assertThat(this.taken).hasValue(7));
	}

	@Test
	void failsNobodyWhereNoThreadCanBeStarted() {
		ScheduledExecutorService none = Mockito.mock(ScheduledExecutorService.class, (call) -> {
			if (call.getMethod().getReturnType() == ScheduledFuture.class) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			return Mockito.RETURNS_DEFAULTS.answer(call);
		});
		Object usual = ReflectionTestUtils.getField(this.turns, "threads");
		Supplier<ScheduledExecutorService> threads = () -> none;
		ReflectionTestUtils.setField(this.turns, "threads", threads);
		this.left.set(1);
		this.turns.begin();
		Mockito.verify(none).shutdownNow();

		ReflectionTestUtils.setField(this.turns, "threads", usual);
		this.turns.begin();

		Awaitility.await().untilAsserted(() -> assertThat(this.taken).hasValue(1));
	}

	@Test
	void beginsNoMoreOnceClosed() {
		this.turns.close();
		this.left.set(1);

		this.turns.begin();

		assertThat(ReflectionTestUtils.getField(this.turns, "executor")).isNull();
	}

	private void turn() {
		this.left.decrementAndGet();
		this.taken.incrementAndGet();
		Throwable error = this.errors.poll();
		if (error != null) {
			TurnsTests.<RuntimeException>sneak(error);
		}
	}

	@SuppressWarnings("unchecked")
	private static <E extends Throwable> void sneak(Throwable error) throws E {
		throw (E) error;
	}

}
