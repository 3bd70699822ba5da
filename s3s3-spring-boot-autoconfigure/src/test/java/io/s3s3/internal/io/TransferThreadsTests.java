package io.s3s3.internal.io;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TransferThreads}.
 */
class TransferThreadsTests {

	@AfterEach
	void clear() {
		MDC.clear();
	}

	@Test
	void makesDaemonsOfTheName() {
		Thread thread = TransferThreads.defaults().named("n").newThread(() -> {
		});

		assertThat(thread.isDaemon()).isTrue();
		assertThat(thread.getName()).isEqualTo("n");
	}

	@Test
	void givesTheDiagnosticContextOfWhoAsksForIt() throws Exception {
		MDC.put("request", "r1");
		Callable<String> task = TransferThreads.defaults().inContext(() -> MDC.get("request"));
		MDC.put("request", "r2");

		assertThat(onAnotherThread(task)).isEqualTo("r1");
	}

	@Test
	void decoratesTasksWhereTheirContextIs() throws Exception {
		AtomicReference<Thread> decorated = new AtomicReference<>();
		TransferThreads threads = new TransferThreads(false, (task) -> {
			decorated.set(Thread.currentThread());
			return task;
		});

		assertThat(onAnotherThread(threads.inContext(Thread::currentThread))).isNotEqualTo(Thread.currentThread());
		assertThat(decorated).hasValue(Thread.currentThread());
	}

	@Test
	void failsATaskWhoseDecoratorFailsOrLeavesItOut() {
		TransferThreads failing = new TransferThreads(false, (task) -> () -> {
			throw new IllegalArgumentException("decorator");
		});
		TransferThreads lazy = new TransferThreads(false, (task) -> () -> {
		});

		assertThatIllegalArgumentException().isThrownBy(failing.inContext(() -> 1)::call);
		assertThatIllegalStateException().isThrownBy(lazy.inContext(() -> 1)::call);
	}

	@Test
	void throwsWhatATaskThrows() {
		IOException failure = new IOException("as told");
		Callable<Integer> task = TransferThreads.defaults().inContext(() -> {
			throw failure;
		});

		assertThatIOException().isThrownBy(task::call).isSameAs(failure);
	}

	@Test
	void makesVirtualThreadsWhereTheyDoNotHoldTheirCarriers() throws Exception {
		Thread thread = new TransferThreads(true, (task) -> task).named("n").newThread(() -> {
		});

		boolean virtual = Runtime.version().feature() >= 21
				&& (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
		assertThat(virtual).isEqualTo(Runtime.version().feature() >= 24);
		assertThat(thread.isDaemon()).isTrue();
	}

	private static <T> T onAnotherThread(Callable<T> task) throws Exception {
		FutureTask<T> result = new FutureTask<>(task);
		TransferThreads.defaults().named("n").newThread(result).start();
		return result.get(20, TimeUnit.SECONDS);
	}

}
