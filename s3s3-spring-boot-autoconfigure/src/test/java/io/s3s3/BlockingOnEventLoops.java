package io.s3s3;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import reactor.blockhound.BlockHound;

import org.springframework.util.FileSystemUtils;

/**
 * Runs the {@link EventLoopScenario} in a process of its own that BlockHound watches,
 * which changes classes of the JVM for good, and prints which of our code blocked an
 * event loop.
 */
public final class BlockingOnEventLoops {

	/** What the names of the SDK's event loops begin with. */
	private static final String LOOPS = "aws-java-sdk-NettyEventLoop";

	private static final String CONTROL = "control";

	/**
	 * Held for a few steps in memory by queues of executors and by us, so that who meets
	 * another holder waits for no more than that; one that is held for longer stops the
	 * beat of the loop.
	 */
	private static final String LOCK = "java.util.concurrent.locks.ReentrantLock";

	private BlockingOnEventLoops() {
	}

	/**
	 * Return the command that runs it.
	 */
	static List<String> command() {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+AllowRedefinitionToAddDeleteMethods", "-Djdk.attach.allowAttachSelf=true",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				BlockingOnEventLoops.class.getName());
	}

	/**
	 * Run it.
	 * @param arguments none
	 * @throws Exception if it cannot be run
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> found = new CopyOnWriteArrayList<>();
		BlockHound.install((builder) -> builder
			.nonBlockingThreadPredicate((known) -> known.or((thread) -> thread.getName().startsWith(LOOPS)))
			.allowBlockingCallsInside(LOCK, "lock")
			.blockingMethodCallback((method) -> note(method.toString(), found)));
		Path folder = Files.createTempDirectory("s3s3-");
		try (EventLoopScenario scenario = new EventLoopScenario(folder, BlockingOnEventLoops::sleep)) {
			scenario.loops().eventLoopGroup().submit(() -> {
				System.setProperty(CONTROL, "begun");
				sleep();
				System.clearProperty(CONTROL);
			}).get(10, TimeUnit.SECONDS);
			scenario.run();
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
		found.forEach(System.out::println);
		System.out.println("end");
		System.exit(0);
	}

	private static void sleep() {
		try {
			Thread.sleep(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// What has no frame of ours is between Netty and the SDK.
	private static void note(String method, List<String> found) {
		List<StackWalker.StackFrame> frames = StackWalker.getInstance().walk((all) -> all.skip(2).toList());
		if (System.getProperty(CONTROL) != null) {
			found.add("control: " + method);
		}
		else if (frames.stream().anyMatch((frame) -> frame.getClassName().startsWith("io.s3s3."))) {
			found.add("blocked: " + method + " in " + Thread.currentThread().getName() + File.separator + frames);
		}
	}

}
