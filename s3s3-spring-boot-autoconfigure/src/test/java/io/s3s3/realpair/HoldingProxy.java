package io.s3s3.realpair;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A proxy in front of a gateway that can hold what clients send, though they give up
 * waiting, and deliver it later. Thread-safe.
 */
final class HoldingProxy implements AutoCloseable {

	private static final byte[] END = new byte[0];

	/** For how long an answer is waited for that no client waits for, in milliseconds. */
	private static final int LAST_ANSWER = 5_000;

	private final URI target;

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private HoldingProxy(URI target) throws IOException {
		this.target = target;
		this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		this.threads.execute(this::accept);
	}

	static HoldingProxy to(URI target) throws IOException {
		return new HoldingProxy(target);
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/**
	 * Hold what clients send from now on.
	 */
	void hold() {
		this.gate = new CountDownLatch(1);
	}

	/**
	 * Deliver what was held, and hold nothing any more.
	 */
	void deliver() {
		this.gate.countDown();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				Socket gateway = new Socket(this.target.getHost(), this.target.getPort());
				this.open.add(client);
				this.open.add(gateway);
				BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
				this.threads.execute(() -> read(client, sent));
				this.threads.execute(() -> forward(sent, gateway));
				this.threads.execute(() -> answer(gateway, client));
			}
		}
		catch (IOException ex) {
			// It is closed.
		}
	}

	/**
	 * Take all that a client sends at once: what it leaves in the socket is gone with it.
	 */
	private static void read(Socket client, BlockingQueue<byte[]> sent) {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = client.getInputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				sent.add(Arrays.copyOf(buffer, length));
			}
		}
		catch (IOException ex) {
			// The client has gone.
		}
		sent.add(END);
	}

	private void forward(BlockingQueue<byte[]> sent, Socket gateway) {
		try {
			OutputStream out = gateway.getOutputStream();
			for (byte[] bytes = sent.take(); bytes != END; bytes = sent.take()) {
				this.gate.await();
				out.write(bytes);
			}
			this.gate.await();
			gateway.setSoTimeout(LAST_ANSWER);
		}
		catch (IOException ex) {
			// The gateway does not want more.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void answer(Socket gateway, Socket client) {
		byte[] buffer = new byte[8192];
		try (gateway; client) {
			InputStream in = gateway.getInputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				pass(buffer, length, client);
			}
		}
		catch (IOException ex) {
			// There is no more to come.
		}
		this.open.remove(client);
		this.open.remove(gateway);
	}

	private static void pass(byte[] buffer, int length, Socket client) {
		try {
			client.getOutputStream().write(buffer, 0, length);
		}
		catch (IOException ex) {
			// Nobody waits for it, but the gateway must be able to tell.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket socket : this.open) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

}
