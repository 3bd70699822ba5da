package io.s3s3.sample.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link Gate}, in front of a server that sends each line back.
 */
class GateTests {

	private ServerSocket echo;

	private Gate gate;

	@BeforeEach
	void open() throws IOException {
		this.echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(() -> {
			while (true) {
				Socket socket = this.echo.accept();
				start(() -> socket.getInputStream().transferTo(socket.getOutputStream()));
			}
		});
		this.gate = Gate.open(this.echo.getLocalPort());
	}

	@AfterEach
	void close() throws IOException {
		this.gate.close();
		this.echo.close();
	}

	@Test
	void passesBytesBothWaysWhenOpen() throws IOException {
		try (Socket socket = connect()) {
			assertThat(ask(socket, "first")).isEqualTo("first");
			assertThat(ask(socket, "second")).isEqualTo("second");
		}
	}

	@Test
	void refusesNewConnectionsWhenRefusing() {
		this.gate.transitionTo(GateState.REFUSING);

		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
	}

	@Test
	void resetsConnectionsWhenItBeginsToRefuse() throws IOException {
		try (Socket socket = connect()) {
			ask(socket, "first");

			this.gate.transitionTo(GateState.REFUSING);

			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(socket, "second"));
		}
	}

	@Test
	void acceptsAndNeverAnswersWhenHanging() throws IOException {
		this.gate.transitionTo(GateState.HANGING);

		try (Socket socket = connect()) {
			assertHangs(socket);
		}
	}

	@Test
	void keepsConnectionsAndNeverAnswersWhenItBeginsToHang() throws IOException {
		try (Socket socket = connect()) {
			ask(socket, "first");

			this.gate.transitionTo(GateState.HANGING);

			assertHangs(socket);
		}
	}

	@Test
	void doesNotDeliverLaterWhatItSwallowed() throws IOException {
		this.gate.transitionTo(GateState.HANGING);
		try (Socket socket = connect()) {
			assertHangs(socket);

			this.gate.transitionTo(GateState.OPEN);

			assertThatIOException().isThrownBy(() -> ask(socket, "second"));
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "OPEN")
	void opensAgainAtTheSamePort(GateState state) throws IOException {
		int port = this.gate.port();
		this.gate.transitionTo(state);

		this.gate.transitionTo(GateState.OPEN);

		assertThat(this.gate.port()).isEqualTo(port);
		try (Socket socket = connect()) {
			assertThat(ask(socket, "again")).isEqualTo("again");
		}
	}

	@Test
	void changesFromRefusingToHangingAndBack() throws IOException {
		this.gate.transitionTo(GateState.REFUSING);
		this.gate.transitionTo(GateState.HANGING);
		try (Socket socket = connect()) {
			assertHangs(socket);
		}

		this.gate.transitionTo(GateState.REFUSING);

		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
	}

	@Test
	void refusesConnectionsWhenItsServerIsGone() throws IOException {
		try (Gate server = Gate.open(this.echo.getLocalPort()); Gate before = Gate.open(server.port())) {
			server.transitionTo(GateState.REFUSING);

			try (Socket socket = connect(before)) {
				assertThatIOException().isThrownBy(() -> ask(socket, "first"));
			}
		}
	}

	@Test
	void keepsThePortWhileItRefuses() throws IOException {
		this.gate.transitionTo(GateState.REFUSING);

		assertThat(isFree(this.gate.port())).isFalse();
	}

	@Test
	void freesThePortWhenClosed() throws IOException {
		boolean free = false;
		// Somebody else may be given a port as soon as it is free.
		for (int i = 0; i < 3 && !free; i++) {
			Gate closed = Gate.open(this.echo.getLocalPort());
			closed.close();
			free = isFree(closed.port());
		}

		assertThat(free).isTrue();
	}

	private static boolean isFree(int port) throws IOException {
		try (ServerSocket other = new ServerSocket()) {
			other.setReuseAddress(false);
			other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (BindException ex) {
			return false;
		}
	}

	private Socket connect() throws IOException {
		return connect(this.gate);
	}

	private static Socket connect(Gate gate) throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(), gate.port());
	}

	private static String ask(Socket socket, String line) throws IOException {
		socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
		String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
			.readLine();
		if (answer == null) {
			throw new SocketException("The connection was closed");
		}
		return answer;
	}

	private static void assertHangs(Socket socket) throws IOException {
		socket.setSoTimeout(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask(socket, "hello"));
		socket.setSoTimeout(0);
	}

	private static void start(Action action) {
		Thread thread = new Thread(() -> {
			try {
				action.run();
			}
			catch (IOException ex) {
				// The test is over.
			}
		}, "echo");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * What a server does until its socket is closed.
	 */
	private interface Action {

		void run() throws IOException;

	}

}
