package io.s3s3.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Logs everything and records the lines that contain a secret.
 */
public final class SecretsWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	/** Show what is on the wire, a session token and a customer's key included. */
	private static final List<String> WIRE_LOGS = List.of("org.apache.hc.", "io.netty.",
			"software.amazon.awssdk.http.auth.aws.internal.signer.");

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final Level level = this.root.getLevel();

	private final Appender<ILoggingEvent> console = this.root.getAppender("STDOUT");

	private final List<String> neverSent;

	private final List<String> sent;

	private final List<String> found = new CopyOnWriteArrayList<>();

	private final AtomicLong ours = new AtomicLong();

	/**
	 * Watch from now on.
	 * @param neverSent secrets that must appear nowhere
	 * @param sent secrets that are sent to S3, so that the SDK's and the HTTP client's
	 * own logs of the wire may show them
	 */
	public SecretsWatch(List<String> neverSent, List<String> sent) {
		this.neverSent = neverSent;
		this.sent = sent;
		this.root.detachAppender(this.console);
		start();
		this.root.addAppender(this);
		this.root.setLevel(Level.TRACE);
	}

	@Override
	protected void append(ILoggingEvent event) {
		String line = event.getFormattedMessage();
		if (event.getLoggerName().startsWith("io.s3s3")) {
			this.ours.incrementAndGet();
		}
		if (holds(this.neverSent, line)
				|| (WIRE_LOGS.stream().noneMatch(event.getLoggerName()::startsWith) && holds(this.sent, line))) {
			this.found.add(event.getLoggerName() + ": " + line);
		}
	}

	/**
	 * Note a text that must not hold a secret either.
	 * @param text the text
	 */
	public void inspect(Object text) {
		String line = String.valueOf(text);
		if (holds(this.neverSent, line) || holds(this.sent, line)) {
			this.found.add(line);
		}
	}

	private static boolean holds(List<String> secrets, String line) {
		return secrets.stream().anyMatch(line::contains);
	}

	/**
	 * The lines and texts that hold a secret.
	 * @return the lines
	 */
	public List<String> found() {
		return this.found;
	}

	/**
	 * How many lines s3s3 itself has logged.
	 * @return the number
	 */
	public long linesOfOurs() {
		return this.ours.get();
	}

	@Override
	public void close() {
		this.root.setLevel(this.level);
		this.root.detachAppender(this);
		this.root.addAppender(this.console);
		stop();
	}

}
